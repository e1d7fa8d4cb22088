/** A text as it differs from an earlier one of its list: the index of that one, and how many characters both begin with. */
export type PackedText = string | readonly [like: number, begin: number, rest: string]

/** Texts are compared in pieces of this many characters. */
const piece = 256
/** Fewer characters in common are not worth it. */
const least = piece
/** How many texts before one are tried. */
const tried = 4

/** Packs texts of which many begin alike, as bundles do: each names the earlier one that it begins like. */
export function packTexts(texts: readonly string[]): PackedText[] {
  const whole: number[] = []
  return texts.map((text, index) => {
    let best: readonly [like: number, begin: number] = [-1, 0]
    for (const like of whole) {
      const begin = commonStart(texts[like]!, text)
      if (begin > best[1]) best = [like, begin]
    }
    const [like, begin] = best
    if (begin >= least && begin >= text.length / 2) return [like, begin, text.slice(begin)]
    whole.push(index)
    if (whole.length > tried) whole.shift()
    return text
  })
}

/** Gives the texts that were packed. */
export function unpackTexts(packed: readonly PackedText[]): string[] {
  const texts: string[] = []
  for (const one of packed)
    texts.push(typeof one === 'string' ? one : texts[one[0]]!.slice(0, one[1]) + one[2])
  return texts
}

// In whole pieces, but for a text that begins like all of the other.
function commonStart(one: string, other: string): number {
  const most = Math.min(one.length, other.length)
  let length = 0
  while (length < most && one.slice(length, length + piece) === other.slice(length, length + piece))
    length += piece
  return Math.min(length, most)
}
