import { onPatch } from './on-patch.ts'

const steps: { readonly [key: string]: (at: number, last: number) => number } = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
}

/** Makes the links of each list of contents one tab stop, in which arrows, Home and End go from link to link. */
export function rovingContents(): void {
  const update = () => {
    for (const nav of navs()) stopAt(nav, nav.querySelector('a[aria-current]') ?? linksOf(nav)[0])
  }
  update()
  onPatch(update)
  document.addEventListener('weft-section', update)
  document.addEventListener('focusin', ({ target }) => {
    const nav = (target as Element).closest<HTMLElement>(selector)
    if (nav && (target as Element).matches('a')) stopAt(nav, target as HTMLElement)
  })
  document.addEventListener('keydown', (event) => {
    const step = event.ctrlKey || event.metaKey || event.altKey ? undefined : steps[event.key]
    const nav = (event.target as Element).closest<HTMLElement>(selector)
    if (!step || !nav) return
    const links = linksOf(nav).filter((link) => link.getClientRects().length > 0)
    const at = links.indexOf(event.target as HTMLElement)
    if (at < 0) return
    event.preventDefault()
    links[step(at, links.length - 1)]?.focus()
  })
}

const selector = '.weft-navigation nav,nav.weft-contents'

function navs(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(selector)]
}

function linksOf(nav: HTMLElement): HTMLElement[] {
  return [...nav.querySelectorAll<HTMLElement>('a')]
}

function stopAt(nav: HTMLElement, stop: HTMLElement | undefined | null): void {
  for (const link of linksOf(nav)) link.tabIndex = link === stop ? 0 : -1
}
