import { findGrid } from './grid.ts'
import { findFrom } from './match-at.ts'
import type { PrintedText } from './printed-text.ts'
import type { Wanted } from './wanted.ts'

/** Where a text was found. */
export interface Place {
  readonly start: number
  readonly end: number
  /** Nothing that comes later in the report begins before it. */
  readonly next: number
}

// More places than these tell nothing apart.
const mostPlaces = 300

/**
 * Finds each text in the print, all of them in their order. Of those that are not all in order the most that can be
 * are found, so that one which is missing makes no others so.
 */
export function findInOrder(wanted: readonly Wanted[], printed: PrintedText): readonly (Place | undefined)[] {
  const ordered = wanted.map((one, index) => ({ one, index })).filter(({ one }) => one.kind !== 'equation')
  const sought = ordered.map(({ one }) => one)
  const found = oneByOne(sought, printed) ?? bestOrder(sought, printed)
  const places: (Place | undefined)[] = wanted.map(() => undefined)
  for (const [at, { index }] of ordered.entries()) places[index] = found[at]
  return places
}

// The first place of each behind that of the one before finds an order wherever there is one.
function oneByOne(wanted: readonly Wanted[], printed: PrintedText): Place[] | undefined {
  const found: Place[] = []
  for (const one of wanted) {
    const [place] = placesOf(one, printed, found.at(-1)?.next ?? 0, 1)
    if (!place) return undefined
    found.push(place)
  }
  return found
}

function bestOrder(wanted: readonly Wanted[], printed: PrintedText): (Place | undefined)[] {
  return longestChain(wanted.map((one) => placesOf(one, printed, 0, mostPlaces)))
}

function placesOf(one: Wanted, printed: PrintedText, after: number, most: number): Place[] {
  let from = one.isInBody ? Math.max(after, printed.bodyAt) : after
  const places: Place[] = []
  while (places.length < most) {
    const match = one.grid
      ? findGrid(one.templates, printed.text, from)
      : findFrom(one.templates[0]!, printed.text, from)
    if (!match) break
    // A claim has values of its own.
    places.push({ start: match.start, end: match.end, next: one.kind === 'claim' ? match.start : match.end })
    from = match.start + 1
  }
  return places
}

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
