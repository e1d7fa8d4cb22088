const gapPx = 6
const marginPx = 8

/** Places a box below an element, or above it where there is more room, within the screen: what is longer scrolls. */
export function placeBeside(box: HTMLElement, target: Element): void {
  // Of a text over several lines, where it begins.
  const { left, top, bottom } = target.getClientRects()[0] ?? target.getBoundingClientRect()
  const { clientWidth, clientHeight } = document.documentElement
  box.style.maxHeight = ''
  const [above, below] = [top - gapPx - marginPx, clientHeight - bottom - gapPx - marginPx]
  const isAbove = box.offsetHeight > below && above > below
  // A number that is half out of sight leaves no room at all.
  box.style.maxHeight = `${Math.max(Math.min(box.offsetHeight, isAbove ? above : below), leastPx)}px`
  const y = isAbove ? top - gapPx - box.offsetHeight : bottom + gapPx
  const x = Math.max(marginPx, Math.min(left, clientWidth - box.offsetWidth - marginPx))
  box.style.left = `${x + scrollX}px`
  box.style.top = `${y + scrollY}px`
}

const leastPx = 96
