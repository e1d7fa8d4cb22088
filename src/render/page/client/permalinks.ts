import { onPatch } from './on-patch.ts'
import { titleOf } from './skip-links.ts'
import { words } from './words.ts'

/** Gives each heading a link to itself, seen where a reader points at it or keys reach it. */
export function permalinks(): void {
  add()
  onPatch(add)
}

function add(): void {
  const headings = ':is(h1,h2,h3,h4,h5,h6)[id]:not(.weft-navigation-title,.sr-only)'
  for (const heading of document.querySelectorAll<HTMLElement>(`main ${headings}`)) {
    const known = heading.querySelector<HTMLAnchorElement>(':scope>.weft-permalink')
    const link = known ?? document.createElement('a')
    link.className = 'weft-permalink weft-added'
    link.href = `#${encodeURIComponent(heading.id)}`
    link.setAttribute('aria-label', `${words.permalink}: ${titleOf(heading)}`)
    link.textContent = '#'
    // A preview may have put words after it.
    if (heading.lastChild !== link) heading.append(link)
  }
}
