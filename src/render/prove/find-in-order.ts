import { findGrid, gridFaults } from './grid.ts'
import { findFrom, type Match, templateOf } from './match-at.ts'
import type { Fault } from './piece.ts'
import { fold, gap, type PrintedText, pageAt } from './printed-text.ts'
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
 * Finds each text of a print whose figures and tables may stand elsewhere: those in their order, and all else in
 * its own. A text that is not found between prose on both sides is found there with one of them: a figure may
 * stand on its other side.
 */
export function findInChains(
  wanted: readonly Wanted[],
  printed: PrintedText,
): readonly (Place | undefined)[] {
  const places: (Place | undefined)[] = wanted.map(() => undefined)
  for (const isFloat of [true, false]) {
    const chain = wanted.flatMap((one, index) => ((one.isFloat ?? false) === isFloat ? [index] : []))
    const found = findInOrder(
      chain.map((index) => wanted[index]!),
      printed,
    )
    for (const [at, index] of chain.entries())
      places[index] = found[at] ?? foundBetween(wanted[index]!, found, at, printed)
  }
  return places
}

function foundBetween(
  { oneSided = [], kind }: Wanted,
  found: readonly (Place | undefined)[],
  at: number,
  { text }: PrintedText,
): Place | undefined {
  const from = found.slice(0, at).findLast((place) => place !== undefined)?.next ?? 0
  const to = found.slice(at + 1).find((place) => place !== undefined)?.start
  for (const template of oneSided) {
    const match = findFrom(template, text, from, to)
    if (match) return placeOf(match, kind)
  }
  return undefined
}

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
    places.push(placeOf(match, one.kind))
    from = match.start + 1
  }
  return places
}

// A claim has values of its own.
function placeOf({ start, end }: Place | Match, kind: Wanted['kind']): Place {
  return { start, end, next: kind === 'claim' ? start : end }
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

/**
 * Says of each text that was not found where it should be, and what stands there instead. Faults that are known of a
 * text stand for all that could be said of it.
 */
export function missingFaults(
  wanted: readonly Wanted[],
  places: readonly (Place | undefined)[],
  printed: PrintedText,
  known: ReadonlyMap<Wanted, readonly Fault[]> = new Map(),
): Fault[] {
  return wanted.flatMap((one, index) => {
    const faults = known.get(one)
    if (faults) return faults
    if (places[index]) return []
    const own = places.map((place, other) => (inChain(wanted[other]!, one) ? place : undefined))
    const before = own.slice(0, index).findLast((place) => place !== undefined)
    const after = own.slice(index + 1).find((place) => place !== undefined)
    const from = before?.next ?? (one.isInBody ? printed.bodyAt : 0)
    const to = after?.start ?? printed.text.length
    if (one.kind === 'equation') return equationFaults(one, from, to, printed)
    if (one.grid) return gridFaults(one.grid, one.spot, { printed, from, to })
    return [{ spot: one.spot, reason: missingReason(one, from, to, printed) }]
  })
}

function inChain(one: Wanted, other: Wanted): boolean {
  return (one.isFloat ?? false) === (other.isFloat ?? false)
}

// A formula stands outside the order of the words; its number must be on their pages.
function equationFaults({ text, spot }: Wanted, from: number, to: number, printed: PrintedText): Fault[] {
  const first = printed.starts[pageAt(printed, from) - 1]!
  const last = printed.starts[pageAt(printed, to)] ?? printed.text.length
  if (printed.text.slice(first, last).includes(text)) return []
  const reason = `Cannot find the number \`${text}\` of an equation in the print where it belongs (page ${pageAt(printed, from)})`
  return [{ spot, reason }]
}

const words = {
  value: '',
  claim: 'the claim ',
  caption: 'the caption ',
  prose: 'the text ',
  table: '',
  equation: '',
}

function missingReason(
  { kind, text, shown }: Wanted,
  from: number,
  to: number,
  printed: PrintedText,
): string {
  const near = nearest(shown, printed.text.slice(from === 0 ? 0 : Math.max(0, from - 200), to + 200))
  const page = pageAt(printed, near === undefined ? from : Math.max(0, from - 200) + near.at)
  const found = near === undefined ? 'found nothing like it' : `found \`…${near.text}…\``
  const expected = shown === text ? '' : `expected \`…${shown}…\`, `
  return `Cannot find ${words[kind]}\`${text}\` in the print where it belongs (page ${page}), ${expected}${found}`
}

/** What is most like a text: the longest beginning of it that is there, and what follows. */
function nearest(shown: string, text: string): { readonly text: string; readonly at: number } | undefined {
  const characters = [...shown.replaceAll('…', gap)]
  for (let length = characters.length; length >= Math.min(5, characters.length); length--) {
    const start = {
      ...templateOf({ text: characters.slice(0, length).join('') }),
      isBegun: false,
      isEnded: false,
    }
    const match = findFrom(start, text, 0)
    if (!match) continue
    const found = text.slice(match.start, match.start + shown.length + 8)
    return { text: fold(found).trim(), at: match.start }
  }
  return undefined
}
