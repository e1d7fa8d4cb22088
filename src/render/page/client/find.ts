import { button } from './button.ts'
import { element } from './element.ts'
import { onPatch } from './on-patch.ts'
import { onSearchKey, type Result, searchBox } from './search-box.ts'
import { openEngine } from './search-engine.ts'
import { titleOf } from './skip-links.ts'
import { words } from './words.ts'

// A search over the one page of a report: a button of its bar, or the key `/`, opens it.
const bar = document.querySelector('.weft-bar')
if (bar) {
  const panel = element('div', { className: 'weft-search weft-find', hidden: true })
  let search: ((query: string) => readonly Result[]) | undefined
  onPatch(() => {
    search = undefined
  })
  const find = (query: string) => {
    search ??= openSearch(close)
    return search(query)
  }
  const input = searchBox(panel, { label: words.search, none: words.nothingFound, load: async () => find })
  const open = () => {
    panel.hidden = false
    input.focus()
    input.select()
  }
  const toggle = button(words.search, () => (panel.hidden ? open() : close()), `${words.search} (/)`)
  toggle.setAttribute('aria-keyshortcuts', '/')
  bar.prepend(toggle)
  bar.after(panel)
  onSearchKey(open)
  panel.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return
    close()
    toggle.focus()
  })
  document.addEventListener('click', ({ target }) => {
    if (!panel.contains(target as Node) && !toggle.contains(target as Node)) close()
  })

  function close(): void {
    panel.hidden = true
  }
}

interface Passage {
  readonly element: HTMLElement
  readonly id: string
  readonly title: string
  readonly chapter: string
  readonly text: string
}

function openSearch(close: () => void): (query: string) => readonly Result[] {
  const passages = passagesOf()
  const engine = openEngine(passages)
  return (query) =>
    engine(query).map((at): Result => {
      const { element, id, title, chapter, text } = passages[at]!
      const go = () => {
        close()
        lead(element)
      }
      return {
        title,
        chapter: chapter === title ? '' : chapter,
        text,
        href: `#${encodeURIComponent(id)}`,
        go,
      }
    })
}

const blocks = 'h1,h2,h3,h4,h5,h6,p,li,dd,figcaption,table,pre,blockquote,.weft-equation,.katex-display'

/** Lists the blocks of the page that hold words, each with the heading and the chapter that it stands under. */
function passagesOf(): Passage[] {
  const found: Passage[] = []
  let heading = { id: 'weft-main', title: '' }
  let chapter = ''
  for (const element of document.querySelectorAll<HTMLElement>(`main :is(${blocks})`)) {
    if (
      element.closest('.weft-navigation,.weft-tools') ||
      element.parentElement?.closest(`main :is(${blocks})`)
    )
      continue
    const isHeading = /^H\d$/.test(element.tagName)
    if (isHeading) {
      heading = { id: element.id, title: titleOf(element) }
      if (element.matches('.weft-chapter>:first-child')) chapter = heading.title
    }
    const id = element.closest('figure')?.id || heading.id
    const text = isHeading ? '' : textOf(element)
    if (isHeading || text !== '') found.push({ element, ...heading, id, chapter, text })
  }
  return found
}

function textOf(element: Element): string {
  const copy = element.cloneNode(true) as Element
  for (const one of copy.querySelectorAll('.weft-added,.weft-button,.katex-html,svg,script')) one.remove()
  for (const cell of copy.querySelectorAll('td,th,li,p,br')) cell.append(' ')
  return (copy.textContent ?? '').replace(/\s+/g, ' ').trim()
}

/** Leads a reader to a passage, unfolded, and shows for a moment which it is. */
function lead(element: HTMLElement): void {
  for (let fold = element.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null) {
    fold.hidden = false
    fold.open = true
  }
  element.scrollIntoView({ block: 'center' })
  // What scrolls can be reached already, and stays so.
  if (!element.hasAttribute('tabindex')) {
    element.tabIndex = -1
    element.addEventListener('blur', () => element.removeAttribute('tabindex'), { once: true })
  }
  element.focus({ preventScroll: true })
  element.classList.add('weft-led')
  setTimeout(() => element.classList.remove('weft-led'), 2500)
}
