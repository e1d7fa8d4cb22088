interface Step<Item> {
  readonly item: Item
  readonly index: number
  readonly before: Step<Item> | undefined
}

/**
 * Picks at most one place for each of a list, such that each begins where the one before lets it, and as many as can
 * be have one (a longest increasing subsequence, by patience).
 */
export function longestChain<Item extends { readonly start: number; readonly next: number }>(
  choices: readonly (readonly Item[])[],
): (Item | undefined)[] {
  // Of the chains of each length the one that ends first.
  const ends: Step<Item>[] = []
  for (const [index, items] of choices.entries()) {
    // From the last to the first, so that no choice follows another of the same list.
    for (const item of [...items].sort((a, b) => b.start - a.start)) {
      const length = chainsUntil(ends, item.start)
      const step: Step<Item> = { item, index, before: ends[length - 1] }
      const known = ends[length]
      if (step.before?.index !== index && (!known || known.item.next > item.next)) ends[length] = step
    }
  }
  const picked: (Item | undefined)[] = choices.map(() => undefined)
  for (let step = ends.at(-1); step; step = step.before) picked[step.index] = step.item
  return picked
}

// How many of the chains, the shortest first, end at a place or before it.
function chainsUntil<Item extends { readonly next: number }>(
  ends: readonly Step<Item>[],
  place: number,
): number {
  let [low, high] = [0, ends.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (ends[middle]!.item.next <= place) low = middle + 1
    else high = middle
  }
  return low
}
