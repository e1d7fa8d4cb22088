/** Finds the name that the author probably meant: the one with the smallest edit distance, if it is close enough. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const limit = Math.min(Math.max(2, Math.floor(name.length / 3)), name.length - 1)
  const wanted = name.toLowerCase()
  const letters = countsOf(wanted)
  let best: { readonly candidate: string; readonly distance: number } | undefined
  for (const candidate of names) {
    const other = candidate.toLowerCase()
    // A bibliography has thousands of keys, and nearly all differ by too many letters whatever their order.
    if (Math.abs(wanted.length - other.length) > limit) continue
    if (unlikeLetters(letters, wanted.length, other) > limit) continue
    const found = distance(wanted, other)
    if (found <= limit && (!best || found < best.distance)) best = { candidate, distance: found }
  }
  return best?.candidate
}

function countsOf(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  return counts
}

// The letters of the longer text that the other lacks: no edit distance is smaller.
function unlikeLetters(counts: ReadonlyMap<string, number>, length: number, other: string): number {
  const open = new Map(counts)
  let common = 0
  for (const letter of other) {
    const left = open.get(letter) ?? 0
    if (left === 0) continue
    open.set(letter, left - 1)
    common += letter.length
  }
  return Math.max(length, other.length) - common
}

/** Writes a list as prose: `a, b or c`. */
export function orList(names: readonly string[]): string {
  if (names.length < 2) return names.join('')
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}

/** Gives a suggestion for the end of a message: `: did you mean \`x\`?`, or an empty text. */
export function suggestion(name: string, names: readonly string[]): string {
  const near = nearest(name, names)
  return near === undefined ? '' : `: did you mean \`${near}\`?`
}

// Levenshtein's distance, in which two neighbours that changed places are one slip: `bra` is `bar`.
function distance(a: string, b: string): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitution = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, substitution, isSwap ? before[j - 2]! + 1 : Infinity))
    }
    before = row
    row = next
  }
  return row[b.length]!
}
