import { onPatch } from './on-patch.ts'
import { words } from './words.ts'

/** Boxes that may scroll, and what a reader who hears the page is told they are. */
const scrollers: { readonly [selector: string]: string } = {
  '.katex-display': words.formula,
  '.weft-scroll': words.table,
  '.weft-lists>ol': words.list,
}

/** Lets keys reach every box that scrolls, for as long as it does, and fades it where there is more of it. */
export function reachableScrollers(): void {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) update(target as HTMLElement)
  })
  const reach = () => {
    for (const selector of Object.keys(scrollers)) {
      for (const box of document.querySelectorAll<HTMLElement>(selector)) {
        update(box)
        observer.observe(box)
      }
    }
    for (const box of document.querySelectorAll<HTMLElement>('.weft-drawing')) {
      hint(box)
      drawings.observe(box)
    }
  }
  const drawings = new ResizeObserver((entries) => {
    for (const { target } of entries) hint(target as HTMLElement)
  })
  const isSideways = '.weft-scroll,.weft-drawing,.katex-display'
  document.addEventListener(
    'scroll',
    ({ target }) => {
      if (target instanceof HTMLElement && target.matches(isSideways)) hint(target)
    },
    { capture: true, passive: true },
  )
  reach()
  onPatch(reach)
}

/** Says at which sides there is more of a box than is seen: a fade shows it. */
function hint(box: HTMLElement): void {
  const { scrollWidth, clientWidth } = box
  const at = Math.abs(box.scrollLeft)
  const [isStart, isEnd] = [at > 2, at + clientWidth < scrollWidth - 2]
  const isFromRight = getComputedStyle(box).direction === 'rtl'
  const sides = [
    ...((isFromRight ? isEnd : isStart) ? ['start'] : []),
    ...((isFromRight ? isStart : isEnd) ? ['end'] : []),
  ]
  if (sides.length === 0) delete box.dataset.more
  else box.dataset.more = sides.join(' ')
}

function update(box: HTMLElement): void {
  hint(box)
  const scrolls = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight
  if (box.tabIndex >= 0 && box.dataset.reached === undefined) return
  box.toggleAttribute('data-reached', scrolls)
  if (!scrolls) {
    for (const name of ['tabindex', 'role', 'aria-label']) box.removeAttribute(name)
    return
  }
  box.tabIndex = 0
  // A list keeps its own role.
  if (box.tagName === 'OL') return
  box.setAttribute('role', 'group')
  box.setAttribute('aria-label', labelOf(box))
}

function labelOf(box: HTMLElement): string {
  const name = box.closest('figure')?.querySelector('.weft-number')?.textContent?.replace(/\.$/, '')
  if (name) return name
  return Object.entries(scrollers).find(([selector]) => box.matches(selector))?.[1] ?? words.table
}
