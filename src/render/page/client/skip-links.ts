import { onPatch } from './on-patch.ts'
import { words } from './words.ts'

/** Adds links to the parts of the report after the one to its text: keys reach them first, and nobody else sees them. */
export function skipLinks(): void {
  const first = document.querySelector<HTMLElement>('.weft-skip')
  if (!first) return
  const list = document.createElement('nav')
  list.className = 'weft-skips weft-added'
  list.setAttribute('aria-label', words.parts)
  first.after(list)
  const fill = () => {
    const parts = document.querySelectorAll<HTMLElement>('.weft-chapter>:is(h1,h2)[id]')
    list.replaceChildren(...[...parts].map(linkTo))
  }
  fill()
  onPatch(fill)
}

function linkTo(heading: HTMLElement): HTMLElement {
  const link = document.createElement('a')
  link.className = 'weft-skip'
  link.href = `#${encodeURIComponent(heading.id)}`
  link.textContent = titleOf(heading)
  // The next tab stop is the first of the part.
  link.addEventListener('click', () => {
    heading.tabIndex = -1
    heading.focus()
  })
  return link
}

/** Gives the words of a heading, without what programs added to it. */
export function titleOf(heading: Element): string {
  const copy = heading.cloneNode(true) as Element
  for (const added of copy.querySelectorAll('.weft-added,.katex-html')) added.remove()
  return (copy.textContent ?? '').replace(/\s+/g, ' ').trim()
}
