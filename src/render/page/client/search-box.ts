import { element } from './element.ts'
import { snippetOf } from './snippet.ts'

/** A result of a search, as its list shows it. */
export interface Result {
  readonly title: string
  /** What it stands in; '' if that is its title. */
  readonly chapter: string
  readonly text: string
  readonly href: string
  /** Does instead what a press of the link would do. */
  go?(): void
}

interface SearchBox {
  readonly label: string
  /** Said where nothing is found. */
  readonly none: string
  /** Gets what it needs to search. */
  load(): Promise<(query: string) => readonly Result[]>
}

/** Puts a field for a search into its place, with the list of what it finds; gives the field. */
export function searchBox(place: HTMLElement, { label, none, load }: SearchBox): HTMLInputElement {
  const { input, results } = elementsOf(place, label)
  let search: ReturnType<SearchBox['load']> | undefined
  const show = async () => {
    search ??= load()
    const query = input.value
    const found = query.trim() === '' ? undefined : (await search)(query)
    // Whoever types on waits for what is typed last.
    if (query !== input.value) return
    results.replaceChildren(...(found ? itemsOf(found, query, none) : []))
    results.hidden = found === undefined
  }
  input.addEventListener('focus', () => {
    search ??= load()
  })
  input.addEventListener('input', show)
  place.addEventListener('keydown', (event) => moveByKeys(event, input, results))
  document.addEventListener('click', ({ target }) => {
    if (!place.contains(target as Node)) results.hidden = true
  })
  return input
}

/** Does something when `/` is pressed outside of a field. */
export function onSearchKey(act: () => void): void {
  document.addEventListener('keydown', (event) => {
    const isTyping = (event.target as Element).closest('input,textarea,select,[contenteditable]')
    if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    act()
  })
}

function elementsOf(
  place: HTMLElement,
  label: string,
): { input: HTMLInputElement; results: HTMLOListElement } {
  const input = element('input', { type: 'search', placeholder: label, 'aria-label': label })
  const results = element('ol', { hidden: true, 'aria-live': 'polite' })
  place.setAttribute('role', 'search')
  place.append(input, results)
  return { input, results }
}

/** Down and up go through the results, Escape closes them. */
function moveByKeys(event: KeyboardEvent, input: HTMLInputElement, results: HTMLElement): void {
  const links = [...results.querySelectorAll('a')]
  const at = links.indexOf(document.activeElement as HTMLAnchorElement)
  if (event.key === 'Escape') {
    results.hidden = true
    input.focus()
  } else if (event.key === 'ArrowDown') links[at + 1]?.focus()
  else if (event.key === 'ArrowUp') (at > 0 ? links[at - 1]! : input).focus()
  else if (event.key === 'Enter' && at < 0) links[0]?.click()
  else return
  event.preventDefault()
}

function itemsOf(found: readonly Result[], query: string, none: string): HTMLElement[] {
  if (found.length === 0) return [element('li', {}, none)]
  return found.map((result) => {
    const { title, chapter, text, href } = result
    const link = element(
      'a',
      { href },
      element('b', {}, title),
      ...(chapter === '' ? [] : [' ', element('small', {}, chapter)]),
    )
    const words = snippetOf(text, query).map(({ text: part, isFound }) =>
      isFound ? element('mark', {}, part) : part,
    )
    link.append(element('span', {}, ...words))
    if (result.go)
      link.addEventListener('click', (event) => {
        event.preventDefault()
        result.go?.()
      })
    return element('li', {}, link)
  })
}
