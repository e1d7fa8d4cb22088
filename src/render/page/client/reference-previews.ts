import { element, targetOf } from './element.ts'
import { onPatch } from './on-patch.ts'
import { boxBeside, describeBy, placeBeside } from './place-beside.ts'

// So long a pointer may pass over a link, or be on its way to the box.
const delayMs = 300

const links = ':is(a.weft-reference,a[data-footnote-ref])[href^="#"]'

/** Shows what a citation, a note or a reference to a figure or a table leads to, where a reader points at it. */
export function referencePreviews(): void {
  const box = boxBeside('weft-peek')
  // Keys scroll what is longer than the screen.
  box.tabIndex = 0
  const state: {
    link?: HTMLAnchorElement
    forget?: () => void
    timer?: ReturnType<typeof setTimeout>
  } = {}
  const hide = () => {
    clearTimeout(state.timer)
    state.forget?.()
    state.link = undefined
    state.forget = undefined
    box.hidden = true
    box.replaceChildren()
  }
  const show = (link: HTMLAnchorElement) => {
    if (state.link === link) return
    const content = previewOf(link)
    hide()
    if (!content) return
    state.link = link
    box.replaceChildren(content)
    box.hidden = false
    box.scrollTop = 0
    state.forget = describeBy(link, box)
    box.setAttribute('aria-label', link.textContent ?? '')
    placeBeside(box, link, content.matches('figure') ? 'figure' : 'words')
    fitDrawing(box)
  }
  const later = (act: () => void) => {
    clearTimeout(state.timer)
    state.timer = setTimeout(act, delayMs)
  }
  document.addEventListener('pointerover', ({ target, pointerType }) => {
    if (pointerType === 'touch') return
    const over = target as Element
    if (box.contains(over)) return clearTimeout(state.timer)
    const link = linkAt(over)
    if (link) later(() => show(link))
    else if (state.link || state.timer !== undefined) later(hide)
  })
  document.addEventListener('focusin', ({ target }) => {
    const link = linkAt(target as Element)
    if (link?.matches(':focus-visible')) show(link)
    else if (!box.contains(target as Node)) hide()
  })
  document.addEventListener('click', ({ target }) => {
    if (!box.contains(target as Node)) hide()
  })
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') hide()
  })
  onPatch(hide)
}

function linkAt(element: Element): HTMLAnchorElement | null {
  const link = element.closest<HTMLAnchorElement>(links)
  return link?.closest('.weft-peek,.weft-navigation') ? null : link
}

/** What is shown of each kind of place. */
function previewOf(link: HTMLAnchorElement): HTMLElement | undefined {
  const target = targetOf(link.hash)
  if (!target || target.contains(link) || isSeen(target)) return undefined
  if (target.matches('figure,.weft-equation,.weft-references>li,.footnotes li')) return copyOf(target)
  const heading = target.matches('h1,h2,h3,h4,h5,h6') ? target : undefined
  if (!heading) return undefined
  const copy = element('div', {}, element('b', {}, ...copyOf(heading).childNodes))
  const next = heading.nextElementSibling
  if (next?.matches('p')) copy.append(copyOf(next))
  return copy
}

// Nobody needs a copy of what is on the screen already.
function isSeen(target: Element): boolean {
  const { top, bottom } = target.getBoundingClientRect()
  return top >= 0 && bottom <= innerHeight
}

const leastDrawingPx = 90

/** Draws a figure as small as the room for its preview asks. */
function fitDrawing(box: HTMLElement): void {
  const drawing = box.querySelector<SVGElement>('.weft-drawing svg')
  const overPx = box.scrollHeight - box.clientHeight
  if (!drawing || overPx <= 0) return
  const heightPx = drawing.getBoundingClientRect().height - overPx
  drawing.style.maxHeight = `${Math.max(leastDrawingPx, Math.floor(heightPx))}px`
}

const left = '.weft-added,.weft-button,.data-footnote-backref,.weft-backlinks,.weft-series,[hidden],script'

function copyOf(target: Element): HTMLElement {
  const copy = target.cloneNode(true) as HTMLElement
  for (const one of copy.querySelectorAll(left)) one.remove()
  for (const one of [
    copy,
    ...copy.querySelectorAll<HTMLElement>('[id],[tabindex],a[href],[data-value],[data-output]'),
  ]) {
    one.removeAttribute('id')
    one.removeAttribute('tabindex')
    one.removeAttribute('data-value')
    one.removeAttribute('data-output')
    if (one.tagName === 'A') one.tabIndex = -1
  }
  for (const live of copy.querySelectorAll<HTMLElement>('.weft-live')) live.removeAttribute('style')
  return copy
}
