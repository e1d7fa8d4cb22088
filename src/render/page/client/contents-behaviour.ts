import { button } from './button.ts'
import { freeId, targetOf } from './element.ts'
import { onPatch } from './on-patch.ts'
import { words } from './words.ts'

/** Marks the present section in the contents, and lets a narrow screen unfold them; nothing without contents. */
export function contentsBehaviour(bar: HTMLElement): void {
  const nav = document.querySelector<HTMLElement>('nav.weft-contents')
  if (!nav) return
  followReading(nav)
  const panel = nav.closest<HTMLElement>('.weft-navigation') ?? nav
  panel.id ||= freeId('weft-navigation')
  bar.append(panelToggle(panel))
}

function panelToggle(panel: HTMLElement): HTMLButtonElement {
  const set = (isOpen: boolean) => {
    panel.toggleAttribute('data-open', isOpen)
    toggle.setAttribute('aria-expanded', String(isOpen))
  }
  const toggle = button(words.contents, () => {
    set(!panel.hasAttribute('data-open'))
    if (panel.hasAttribute('data-open')) panel.querySelector<HTMLElement>('a')?.focus()
  })
  toggle.classList.add('weft-contents-toggle')
  toggle.setAttribute('aria-controls', panel.id)
  panel.addEventListener('click', (event) => {
    if ((event.target as Element).closest('a')) set(false)
  })
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !panel.hasAttribute('data-open')) return
    set(false)
    toggle.focus()
  })
  set(false)
  return toggle
}

function followReading(nav: HTMLElement): void {
  let sections = sectionsOf(nav)
  const state: { current?: HTMLAnchorElement; isWaiting: boolean } = { isWaiting: false }
  const mark = () => {
    state.isWaiting = false
    const line = innerHeight * 0.3
    const passed = sections.findLast(({ target }) => target.getBoundingClientRect().top <= line)
    if (passed?.link === state.current) return
    state.current?.removeAttribute('aria-current')
    state.current = passed?.link
    passed?.link.setAttribute('aria-current', 'true')
    document.dispatchEvent(new CustomEvent('weft-section'))
    if (passed) keepInView(passed.link)
  }
  const later = () => {
    if (state.isWaiting) return
    state.isWaiting = true
    requestAnimationFrame(mark)
  }
  addEventListener('scroll', later, { passive: true })
  addEventListener('resize', later, { passive: true })
  onPatch(() => {
    sections = sectionsOf(document.querySelector<HTMLElement>('nav.weft-contents') ?? nav)
    state.current?.removeAttribute('aria-current')
    state.current = undefined
    later()
  })
  mark()
}

interface Section {
  readonly link: HTMLAnchorElement
  readonly target: HTMLElement
}

function sectionsOf(nav: HTMLElement): readonly Section[] {
  return [...nav.querySelectorAll<HTMLAnchorElement>('a[href^="#"]')].flatMap((link) => {
    const target = targetOf(link.hash)
    return target ? [{ link, target }] : []
  })
}

// Scrolls the contents alone: scrollIntoView would move the page too.
function keepInView(link: HTMLElement): void {
  const panel = link.closest<HTMLElement>('.weft-navigation') ?? link.closest('nav')
  if (!panel || panel.scrollHeight <= panel.clientHeight) return
  const [own, box] = [link.getBoundingClientRect(), panel.getBoundingClientRect()]
  if (own.top >= box.top && own.bottom <= box.bottom) return
  panel.scrollTop += own.top - box.top - box.height / 3
}
