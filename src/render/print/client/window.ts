import { boxStyle, heightOf } from './box-style.ts'
import type { Columns, Spot } from './columns.ts'
import type { Float, Flow } from './flow.ts'
import { insertBehind } from './insert-behind.ts'
import { loosenCode } from './loosen.ts'
import type { Sheet } from './sheet.ts'
import { openStage, type Seam } from './stage.ts'

/** What was found of a stretch laid out in columns. */
export interface Laid {
  readonly spot: Spot
  /** How far each of its pages is filled, but the last; from the page of the seam on. */
  readonly filled: readonly number[]
  /** Whether the text above the figure began on an earlier page. */
  readonly isBelowTail: boolean
  /** Pages on which figures from this one on are first mentioned, as far as it is in the stretch. */
  readonly mentions: ReadonlyMap<number, number>
}

/** Lays short stretches of the flow out by themselves: all else of it is not displayed. */
export interface Window {
  /** Lays the text from a seam up to a slot, and a figure behind it. */
  lay(seam: Seam | undefined, float: number, slot: number): Laid
  /** Code that was let break: whole it would have left too much of a page blank. */
  readonly loosened: Set<HTMLElement>
  /** Makes the flow as it was, without its figures. */
  close(): void
}

/** Opens a window on a flow in columns, whose figures are taken out: boxes of their size stand for them. */
export function openWindow(main: HTMLElement, flow: Flow, columns: Columns, sheet: Sheet): Window {
  const { texts, floats } = flow
  const boxes = floats.map((float) => boxOf(float, sheet))
  for (const { leaf } of floats) leaf.element.remove()
  const stage = openStage(main, flow, boxes)
  const loosened = new Set<HTMLElement>()
  return {
    loosened,
    lay(seam, float, slot) {
      stage.show(seam, float, slot)
      const box = boxes[float]!
      const last = seam ? boxes[seam.float]! : undefined
      insertBehind(floats[float]!, slot, box, texts, seam?.slot === slot ? last : undefined)
      const shown = texts.slice(seam ? seam.slot + 1 : 0, slot + 1).map(({ element }) => element)
      loosenCode(last ? [last, ...shown] : shown, { columns, loosened, height: sheet.height })
      const [own] = columns.piecesOf(box)
      const stretch = { from: seam ? seam.slot + 1 : 0, to: slot, first: seam?.page ?? 1 }
      const page = own!.page + stretch.first - 1
      const mentions = mentionsIn(stretch, flow, { float, columns })
      const filled = Array.from({ length: page - stretch.first }, () => 0)
      if (seam && filled.length > 0) filled[0] = seam.y + heightOf(floats[seam.float]!, sheet)
      const isBelowTail = fill(filled, stretch, { flow, columns, last: own!.page })
      box.remove()
      return { spot: { page, y: own!.y }, filled, isBelowTail, mentions }
    },
    close: () => stage.close(),
  }
}

interface Stretch {
  readonly from: number
  readonly to: number
  /** The page on which it begins. */
  readonly first: number
}

// Tells whether the last text goes on from an earlier page to the last one.
function fill(
  filled: number[],
  { from, to }: Stretch,
  { flow, columns, last }: { readonly flow: Flow; readonly columns: Columns; readonly last: number },
): boolean {
  let isOver = false
  for (const { element } of flow.texts.slice(from, to + 1)) {
    const pieces = columns.piecesOf(element)
    for (const { page, bottom } of pieces)
      if (page <= filled.length) filled[page - 1] = Math.max(filled[page - 1]!, bottom)
    isOver = pieces.length > 1 && pieces.at(-1)!.page === last && pieces[0]!.page < last
  }
  return isOver
}

function mentionsIn(
  { from, to, first }: Stretch,
  { floats, texts }: Flow,
  { float, columns }: { readonly float: number; readonly columns: Columns },
): Map<number, number> {
  const found = new Map<number, number>()
  for (let other = float; other < floats.length; other++) {
    const { home, mention } = floats[other]!
    const text = mention?.text ?? home
    if (text < from || text > to) continue
    const pieces = columns.piecesOf(mention?.element ?? texts[home]!.element)
    const piece = mention ? pieces[0] : pieces.at(-1)
    if (piece) found.set(other, piece.page + first - 1)
  }
  return found
}

function boxOf(float: Float, sheet: Sheet): HTMLElement {
  const box = document.createElement('div')
  box.style.cssText = boxStyle(float, sheet)
  return box
}
