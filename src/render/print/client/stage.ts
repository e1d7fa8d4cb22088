import type { Spot } from './columns.ts'
import type { Flow } from './flow.ts'
import { insertBehind } from './insert-behind.ts'
import type { Leaf } from './leaves.ts'

/** The figure at which a stretch of the flow begins, where it stands, and behind which text. */
export interface Seam extends Spot {
  readonly float: number
  readonly slot: number
}

/** Displays stretches of a flow, and nothing else of it. */
interface Stage {
  /** Displays the texts behind a seam up to a slot, in the sections round them and round a figure. */
  show(seam: Seam | undefined, float: number, slot: number): void
  /** Displays all. */
  close(): void
}

const off = 'data-weft-off'
const first = 'data-weft-first'
const rules = `[${off}]{display:none!important}
[${first}]{margin-top:0!important;padding-top:0!important;border-top:0!important}`

/**
 * Opens a stage on a flow without its figures.
 *
 * @param boxes What stands for each figure; that of a seam begins a stretch, as far down its page as it stands.
 */
export function openStage(main: HTMLElement, { texts, floats }: Flow, boxes: readonly HTMLElement[]): Stage {
  const style = document.createElement('style')
  style.textContent = rules
  document.head.append(style)
  for (const { element } of texts) element.setAttribute(off, '')
  const opening = document.createElement('div')
  const sections = new Set(
    [...texts, ...floats.map(({ leaf }) => leaf)].flatMap((leaf) => around(leaf, main)),
  )
  let shown = { from: 0, to: -1 }
  let begun: Seam | undefined
  let undo: (() => void)[] = []
  const begin = (seam: Seam | undefined) => {
    for (const step of undo) step()
    undo = []
    begun = seam
    if (!seam) return
    const [box, float] = [boxes[seam.float]!, floats[seam.float]!]
    insertBehind(float, seam.slot, box, texts)
    box.setAttribute(first, '')
    opening.style.height = `${seam.y}px`
    if (seam.y > 0) main.prepend(opening)
    undo.push(() => {
      box.remove()
      box.removeAttribute(first)
      opening.remove()
    })
    for (const section of around(float.leaf, main)) undo.push(asFirst(section))
  }
  return {
    show(seam, float, slot) {
      if (begun !== seam) begin(seam)
      const from = seam ? seam.slot + 1 : 0
      for (let text = shown.from; text <= shown.to; text++)
        if (text < from || text > slot) texts[text]!.element.setAttribute(off, '')
      for (let text = from; text <= slot; text++) texts[text]!.element.removeAttribute(off)
      shown = { from, to: slot }
      const leaves = [...texts.slice(from, slot + 1), floats[float]!.leaf]
      if (seam) leaves.push(floats[seam.float]!.leaf)
      const visible = new Set(leaves.flatMap((leaf) => around(leaf, main)))
      for (const section of sections) section.toggleAttribute(off, !visible.has(section))
    },
    close() {
      begin(undefined)
      style.remove()
      for (const element of [...texts.map((text) => text.element), ...sections]) element.removeAttribute(off)
    },
  }
}

function around({ section }: Leaf, main: HTMLElement): HTMLElement[] {
  const found: HTMLElement[] = []
  for (let one: HTMLElement | null = section; one && one !== main; one = one.parentElement) found.push(one)
  return found
}

// The section in which a stretch begins has begun before; gives what makes it as it was.
function asFirst(section: HTMLElement): () => void {
  const { style } = section
  const [value, priority] = [
    style.getPropertyValue('break-before'),
    style.getPropertyPriority('break-before'),
  ]
  section.setAttribute(first, '')
  style.setProperty('break-before', 'auto', 'important')
  return () => {
    section.removeAttribute(first)
    if (value) style.setProperty('break-before', value, priority)
    else style.removeProperty('break-before')
  }
}
