import { findPairs, setBeside } from './beside.ts'
import { layColumns } from './columns.ts'
import { type Flow, readFlow } from './flow.ts'
import { insertBehind } from './insert-behind.ts'
import { type KnownLays, rememberLays } from './known-lays.ts'
import { leavesIn } from './leaves.ts'
import { loosen, loosenCode } from './loosen.ts'
import { nameStretches } from './name-stretches.ts'
import { fillAny, type Numbered, settleNumbers } from './numbers.ts'
import { searchSlots } from './search.ts'
import { readSheet } from './sheet.ts'
import { openWindow } from './window.ts'

/** Where the figures of a page stand when it is printed. */
export interface Plan {
  /** The first of each pair of figures beside each other, by its place among all blocks. */
  readonly pairs: readonly number[]
  /** Code that may break, by its place among all blocks. */
  readonly loose: readonly number[]
  /** Of each figure that may move its place among all blocks, and behind which of those that stay it stands. */
  readonly slots: readonly (readonly [leaf: number, slot: number])[]
  /** How many pages the print has. */
  readonly pages: number
  /** On which of them each element begins whose page the print names. */
  readonly numbers: readonly Numbered[]
}

/** A plan, and what was found on the way of stretches of the page. */
interface Placing {
  readonly plan: Plan
  readonly lays: KnownLays
}

/** Gives the width of the contents of a printed page, in CSS pixels; nothing if pages differ. */
export function widthOfSheet(): number | undefined {
  return readSheet()?.width
}

/**
 * Places the figures and tables of a page that is laid out for print, and says on which pages elements stand then.
 * Gives nothing where the page cannot be laid out as it is printed.
 *
 * @param known What an earlier plan found under the same rules: such a stretch is not laid out again.
 */
export function place(known: KnownLays = {}): Placing | undefined {
  const sheet = readSheet()
  const main = document.querySelector('main')
  if (!sheet || !main) return undefined
  fillAny()
  const pairs = findPairs(main)
  setBeside(main, pairs)
  const leaves = leavesIn(main)
  const columns = layColumns(main, leaves, sheet)
  const flow = readFlow(leaves, sheet)
  // The window takes figures out, and marks what it does not show.
  const names = nameStretches(main, flow, sheet)
  const { window, used } = rememberLays(openWindow(main, flow, columns, sheet), { flow, names, known })
  const slots = searchSlots(flow, window, sheet.height)
  window.close()
  put(flow, slots, 'column')
  const { loosened } = window
  const blocks = leavesIn(main).map(({ element }) => element)
  loosenCode(blocks, { columns, loosened, height: sheet.height })
  const numbers = settleNumbers(columns)
  const pages = columns.count()
  columns.undo()
  breakRound(flow, 'page')
  for (const block of loosened) loosen(block)
  const loose = leaves.flatMap(({ element }, index) => (loosened.has(element) ? [index] : []))
  const places = flow.floats.map(({ index }, at) => [index, slots[at]!] as const)
  return { plan: { pairs, loose, slots: places, pages, numbers }, lays: used }
}

/** Puts the figures of a page where a plan that was made of the same page has them. */
export function follow({ pairs, loose, slots }: Plan): void {
  const main = document.querySelector('main')!
  setBeside(main, pairs)
  const leaves = leavesIn(main)
  for (const index of loose) loosen(leaves[index]!.element)
  const moved = new Set(slots.map(([leaf]) => leaf))
  const texts = leaves.filter((_, index) => !moved.has(index))
  const floats = slots.map(([leaf]) => ({ leaf: leaves[leaf]! }))
  put(
    { texts, floats },
    slots.map(([, slot]) => slot),
    'page',
  )
}

type Moving = Pick<Flow, 'texts'> & { readonly floats: readonly Pick<Flow['floats'][number], 'leaf'>[] }

function put(flow: Moving, slots: readonly number[], breaks: 'column' | 'page'): void {
  let last: HTMLElement | undefined
  for (const [at, float] of flow.floats.entries()) {
    const { element } = float.leaf
    insertBehind(float, slots[at]!, element, flow.texts, slots[at - 1] === slots[at] ? last : undefined)
    last = element
  }
  breakRound(flow, breaks)
}

// A figure that is to have a page of its own.
function breakRound({ floats }: Moving, value: 'column' | 'page'): void {
  for (const { leaf } of floats) {
    if (!leaf.element.matches('[data-placement=page],:has(>[data-placement=page])')) continue
    leaf.element.style.breakBefore = value
    leaf.element.style.breakAfter = value
  }
}
