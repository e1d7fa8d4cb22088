import { element, freeId } from './element.ts'

const gapPx = 8
const marginPx = 8
/** Of a box whose number is half out of sight. */
const leastHeightPx = 96
/** A margin that is narrower holds no box of words, or of a figure or a table. */
const leastWidthPx = { words: 220, figure: 400 } as const

/** Makes a box to place so, hidden, at the end of the page. */
export function boxBeside(name: 'weft-card' | 'weft-peek'): HTMLElement {
  const box = element('div', { className: name, id: freeId(name), hidden: true, role: 'dialog' })
  document.body.append(box)
  return box
}

/** Says to readers who hear the page that a box describes an element; gives what takes this back. */
export function describeBy(target: Element, box: HTMLElement): () => void {
  const before = target.getAttribute('aria-describedby')
  target.setAttribute('aria-describedby', before === null ? box.id : `${before} ${box.id}`)
  return () => {
    if (before === null) target.removeAttribute('aria-describedby')
    else target.setAttribute('aria-describedby', before)
  }
}

const blocks = 'p,li,tr,dd,dt,figcaption,h1,h2,h3,h4,h5,h6,blockquote,pre,figure'

/**
 * Places a box where it covers nothing of what is read: in the margin beside the block that an element stands in, where
 * there is room; else below the block, or above it, within the screen; else below its line. What is longer scrolls.
 */
export function placeBeside(
  box: HTMLElement,
  target: Element,
  kind: keyof typeof leastWidthPx = 'words',
): void {
  box.style.maxHeight = ''
  box.style.width = ''
  // Of a text over several lines, where it begins.
  const line = target.getClientRects()[0] ?? target.getBoundingClientRect()
  const block = target.closest(blocks) ?? target
  const { x, y, mostPx } =
    inMargin(box, line, { block, leastPx: leastWidthPx[kind] }) ??
    besideBlock(box, line, block.getBoundingClientRect())
  box.style.maxHeight = `${Math.min(box.offsetHeight, mostPx)}px`
  box.style.left = `${x + scrollX}px`
  box.style.top = `${y + scrollY}px`
}

interface Place {
  readonly x: number
  readonly y: number
  readonly mostPx: number
}

interface Margin {
  readonly block: Element
  readonly leastPx: number
}

function inMargin(box: HTMLElement, line: DOMRect, { block, leastPx }: Margin): Place | undefined {
  const { clientWidth, clientHeight } = screenOf()
  const column = (block.closest('figure') ?? block).getBoundingClientRect()
  const { left, right } = margins(column, clientWidth)
  const roomPx = Math.max(left, right)
  if (roomPx < leastPx) return undefined
  box.style.width = `${Math.min(box.offsetWidth, roomPx)}px`
  const mostPx = clientHeight - 2 * marginPx
  const y = Math.max(
    marginPx,
    Math.min(line.top, clientHeight - marginPx - Math.min(box.offsetHeight, mostPx)),
  )
  const isRight = right >= left
  return { x: isRight ? column.right + 2 * gapPx : column.left - 2 * gapPx - box.offsetWidth, y, mostPx }
}

function besideBlock(box: HTMLElement, line: DOMRect, block: DOMRect): Place {
  const { clientWidth, clientHeight } = screenOf()
  const x = Math.max(marginPx, Math.min(line.left, clientWidth - box.offsetWidth - marginPx))
  const height = box.offsetHeight
  const below = clientHeight - marginPx - gapPx
  const above = (top: number) => top - gapPx - marginPx
  const underneath = (bottom: number, mostPx: number) => ({ x, y: bottom + gapPx, mostPx })
  const overhead = (top: number, mostPx: number) => ({ x, y: top - gapPx - Math.min(height, mostPx), mostPx })
  const fits = (room: number) => room >= Math.min(height, leastHeightPx * 2)
  if (fits(below - block.bottom)) return underneath(block.bottom, below - block.bottom)
  if (fits(above(block.top))) return overhead(block.top, above(block.top))
  return above(line.top) > below - line.bottom && height > below - line.bottom
    ? overhead(line.top, Math.max(leastHeightPx, above(line.top)))
    : underneath(line.bottom, Math.max(leastHeightPx, below - line.bottom))
}

// On a narrow screen the tools stand at its lower edge.
function screenOf(): { readonly clientWidth: number; readonly clientHeight: number } {
  const { clientWidth, clientHeight } = document.documentElement
  const top = document.querySelector('.weft-bar')?.getBoundingClientRect().top ?? 0
  return { clientWidth, clientHeight: top > clientHeight / 2 ? top : clientHeight }
}

// The contents stand in the margin of a wide screen.
function margins(column: DOMRect, clientWidth: number): { readonly left: number; readonly right: number } {
  const nav = document.querySelector('.weft-navigation')
  const isBeside = nav !== null && getComputedStyle(nav).position === 'fixed'
  const box = isBeside ? nav.getBoundingClientRect() : undefined
  const isAtLeft = box !== undefined && box.left <= 0
  const start = box && isAtLeft ? box.right : 0
  const end = box && !isAtLeft ? box.left : clientWidth
  const taken = 2 * gapPx + marginPx
  return { left: column.left - start - taken, right: end - column.right - taken }
}
