import type { Columns, Spot } from './columns.ts'
import type { Float, Flow } from './flow.ts'
import { insertBehind } from './insert-behind.ts'
import type { Leaf } from './leaves.ts'
import type { Sheet } from './sheet.ts'

/** The figure at which a stretch of the flow begins, where it stands, and behind which text. */
export interface Seam extends Spot {
  readonly float: number
  readonly slot: number
}

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
  /** Makes the flow as it was, without its figures. */
  close(): void
}

const off = 'data-weft-off'
const first = 'data-weft-first'
const rules = `[${off}]{display:none!important}
[${first}]{margin-top:0!important;padding-top:0!important;border-top:0!important}`

/** Opens a window on a flow in columns, whose figures are taken out: boxes of their size stand for them. */
export function openWindow(main: HTMLElement, flow: Flow, columns: Columns, sheet: Sheet): Window {
  const { texts, floats } = flow
  const boxes = floats.map((float) => boxOf(float, sheet))
  for (const { leaf } of floats) leaf.element.remove()
  const style = document.createElement('style')
  style.textContent = rules
  document.head.append(style)
  for (const { element } of texts) element.setAttribute(off, '')
  const opening = document.createElement('div')
  let shown: [from: number, to: number] = [0, -1]
  const show = (from: number, to: number) => {
    for (let text = shown[0]; text <= shown[1]; text++)
      if (text < from || text > to) texts[text]!.element.setAttribute(off, '')
    for (let text = from; text <= to; text++) texts[text]!.element.removeAttribute(off)
    shown = [from, to]
  }
  const sections = new Set(texts.flatMap((leaf) => sectionsAround(leaf, main)))
  let begun: Seam | undefined
  let undo: (() => void)[] = []
  const begin = (seam: Seam | undefined) => {
    for (const step of undo) step()
    undo = []
    begun = seam
    if (!seam) return
    const box = boxes[seam.float]!
    insertBehind(floats[seam.float]!, seam.slot, box, texts)
    box.setAttribute(first, '')
    opening.style.height = `${seam.y}px`
    if (seam.y > 0) main.prepend(opening)
    undo.push(() => {
      box.remove()
      box.removeAttribute(first)
      opening.remove()
    })
    for (const section of sectionsAround(floats[seam.float]!.leaf, main)) undo.push(asFirst(section))
  }
  const lay = (seam: Seam | undefined, float: number, slot: number): Laid => {
    if (begun !== seam || undo.length === 0) begin(seam)
    const from = seam ? seam.slot + 1 : 0
    show(from, slot)
    const visible = new Set([
      ...texts.slice(from, slot + 1).flatMap((leaf) => sectionsAround(leaf, main)),
      ...(seam ? sectionsAround(floats[seam.float]!.leaf, main) : []),
      ...sectionsAround(floats[float]!.leaf, main),
    ])
    for (const section of sections) section.toggleAttribute(off, !visible.has(section))
    const box = boxes[float]!
    const last = seam?.slot === slot ? boxes[seam.float] : undefined
    insertBehind(floats[float]!, slot, box, texts, last)
    const laid = read({ seam, from, slot, float })
    box.remove()
    return laid
  }
  const read = ({ seam, from, slot, float }: { seam?: Seam; from: number; slot: number; float: number }): Laid => {
    const start = seam?.page ?? 1
    const [own] = columns.piecesOf(boxes[float]!)
    const page = own!.page + start - 1
    const filled = Array.from({ length: page - start }, () => 0)
    const fill = (at: number, bottom: number) => {
      if (at < filled.length) filled[at] = Math.max(filled[at]!, bottom)
    }
    if (seam) fill(0, seam.y + floats[seam.float]!.height)
    let isBelowTail = false
    for (let text = from; text <= slot; text++) {
      const pieces = columns.piecesOf(texts[text]!.element)
      for (const piece of pieces) fill(piece.page - 1, piece.bottom)
      isBelowTail = pieces.length > 1 && pieces.at(-1)!.page === own!.page && pieces[0]!.page < own!.page
    }
    const mentions = new Map<number, number>()
    for (let other = float; other < floats.length; other++) {
      const { home, mention } = floats[other]!
      const text = mention?.text ?? home
      if (text < from || text > slot) continue
      const pieces = columns.piecesOf(mention?.element ?? texts[home]!.element)
      const piece = mention ? pieces[0] : pieces.at(-1)
      if (piece) mentions.set(other, piece.page + start - 1)
    }
    return { spot: { page, y: own!.y }, filled, isBelowTail, mentions }
  }
  return {
    lay,
    close() {
      begin(undefined)
      style.remove()
      for (const { element } of texts) element.removeAttribute(off)
      for (const section of sections) section.removeAttribute(off)
    },
  }
}

function boxOf({ height, margins, placement }: Float, sheet: Sheet): HTMLElement {
  const box = document.createElement('div')
  // A page of its own is one that it fills.
  const tall = placement === 'page' ? sheet.height : height
  const [top, bottom] = margins
  box.style.cssText = `height:${tall}px;margin:${top}px 0 ${bottom}px;padding:0;border:0;break-inside:avoid`
  return box
}

function sectionsAround({ section }: Leaf, main: HTMLElement): HTMLElement[] {
  const found: HTMLElement[] = []
  for (let one: HTMLElement | null = section; one && one !== main; one = one.parentElement) found.push(one)
  return found
}

// The section in which a stretch begins has begun before; gives what makes it as it was.
function asFirst(section: HTMLElement): () => void {
  const [before, priority] = ['getPropertyValue', 'getPropertyPriority'].map((name) =>
    section.style[name as 'getPropertyValue']('break-before'),
  )
  section.setAttribute(first, '')
  section.style.setProperty('break-before', 'auto', 'important')
  return () => {
    section.removeAttribute(first)
    if (before) section.style.setProperty('break-before', before, priority)
    else section.style.removeProperty('break-before')
  }
}
