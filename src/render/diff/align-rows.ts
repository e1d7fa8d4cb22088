/** Two rows of the older and the newer version of a table, by index; one side is missing if a row was added or removed. */
export interface RowPair {
  readonly before?: number
  readonly after?: number
}

/** A row of a table, as far as it is needed to find it again. */
export interface Row {
  /** Texts of the columns that name it. */
  readonly name: string
  /** Whether the name is a number: rows of a sweep are named by their setting. */
  readonly isNumber: boolean
  /** Texts of all columns. */
  readonly texts: readonly string[]
}

/**
 * Finds the rows of a table again: first those of equal names in the same order, then those that moved, then those that
 * stand at the same place between them and whose name alone has changed. Gives them in the order of the newer version,
 * with those removed where they were.
 */
export function alignRows(before: readonly Row[], after: readonly Row[]): RowPair[] {
  const matched = new Map<number, number>(longestCommon(before, after).map(([a, b]) => [b, a]))
  const taken = new Set(matched.values())
  for (const [index, { name }] of after.entries()) {
    if (matched.has(index)) continue
    const moved = before.findIndex((row, at) => !taken.has(at) && row.name === name)
    if (moved >= 0) pair(moved, index)
  }
  for (const gap of gapsOf(matched, taken, [before.length, after.length])) {
    if (gap.before.length !== gap.after.length) continue
    for (const [at, index] of gap.before.entries())
      if (isSameRow(before[index]!, after[gap.after[at]!]!)) pair(index, gap.after[at]!)
  }
  return inOrder(matched, taken, [before.length, after.length])

  function pair(was: number, is: number): void {
    matched.set(is, was)
    taken.add(was)
  }
}

function isSameRow(before: Row, after: Row): boolean {
  if (before.isNumber && after.isNumber) return true
  const equal = after.texts.filter((text, index) => text === before.texts[index]).length
  return equal * 2 >= after.texts.length
}

function longestCommon(before: readonly Row[], after: readonly Row[]): [number, number][] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0))
  for (let a = before.length - 1; a >= 0; a--)
    for (let b = after.length - 1; b >= 0; b--)
      lengths[a]![b] =
        before[a]!.name === after[b]!.name
          ? lengths[a + 1]![b + 1]! + 1
          : Math.max(lengths[a + 1]![b]!, lengths[a]![b + 1]!)
  const pairs: [number, number][] = []
  for (let a = 0, b = 0; a < before.length && b < after.length; ) {
    if (before[a]!.name === after[b]!.name) pairs.push([a++, b++])
    else if (lengths[a + 1]![b]! >= lengths[a]![b + 1]!) a++
    else b++
  }
  return pairs
}

interface Gap {
  readonly before: number[]
  readonly after: number[]
}

// What is between two rows that were found again.
function gapsOf(
  matched: ReadonlyMap<number, number>,
  taken: ReadonlySet<number>,
  [befores, afters]: readonly [number, number],
): Gap[] {
  const gaps: Gap[] = []
  let from = 0
  let gap: Gap = { before: [], after: [] }
  const close = (until: number) => {
    for (; from < until; from++) if (!taken.has(from)) gap.before.push(from)
    gaps.push(gap)
    gap = { before: [], after: [] }
  }
  for (let index = 0; index < afters; index++) {
    const was = matched.get(index)
    if (was === undefined) gap.after.push(index)
    else if (was >= from) close(was + 1)
  }
  close(befores)
  return gaps
}

function inOrder(
  matched: ReadonlyMap<number, number>,
  taken: ReadonlySet<number>,
  [befores, afters]: readonly [number, number],
): RowPair[] {
  const rows: RowPair[] = []
  let from = 0
  const removedUntil = (until: number) => {
    for (; from < until; from++) if (!taken.has(from)) rows.push({ before: from })
  }
  for (let after = 0; after < afters; after++) {
    const before = matched.get(after)
    // What is gone comes before what is new in its place.
    removedUntil(before ?? nextBefore(after))
    rows.push({ ...(before === undefined ? {} : { before }), after })
  }
  removedUntil(befores)
  return rows

  function nextBefore(after: number): number {
    for (let next = after + 1; next < afters; next++) {
      const before = matched.get(next)
      if (before !== undefined) return before
    }
    return befores
  }
}
