import MiniSearch from 'minisearch'
import type { SearchEntry } from '../split/split-page.ts'
import { snippetOf } from './snippet.ts'

declare global {
  var weftSearch: readonly SearchEntry[] | undefined
}

const mostResults = 12

const place = document.querySelector<HTMLElement>('.weft-search')
if (place) openSearch(place)

/** Puts a search over all pages into its place. Its index is loaded when it is first used. */
function openSearch(place: HTMLElement): void {
  const { input, results } = elementsOf(place)
  let search: Promise<Search> | undefined
  const show = async () => {
    search ??= loadSearch(place.dataset.index!)
    const query = input.value
    const found = query.trim() === '' ? undefined : (await search)(query)
    // Whoever types on waits for what is typed last.
    if (query !== input.value) return
    results.replaceChildren(...(found ? resultsOf(found, query, place.dataset.none!) : []))
    results.hidden = found === undefined
  }
  input.addEventListener('focus', () => {
    search ??= loadSearch(place.dataset.index!)
  })
  input.addEventListener('input', show)
  place.addEventListener('keydown', (event) => moveByKeys(event, input, results))
  document.addEventListener('keydown', (event) => {
    const isTyping = (event.target as Element).closest('input,textarea,select,[contenteditable]')
    if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    input.focus()
  })
  document.addEventListener('click', ({ target }) => {
    if (!place.contains(target as Node)) results.hidden = true
  })
}

function elementsOf(place: HTMLElement): { input: HTMLInputElement; results: HTMLOListElement } {
  const input = document.createElement('input')
  input.type = 'search'
  input.placeholder = place.dataset.label!
  input.setAttribute('aria-label', place.dataset.label!)
  const results = document.createElement('ol')
  results.hidden = true
  results.setAttribute('aria-live', 'polite')
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

type Search = (query: string) => readonly SearchEntry[]

async function loadSearch(index: string): Promise<Search> {
  await loadScript(index)
  const entries = globalThis.weftSearch!
  const engine = new MiniSearch<{ id: number; title: string; chapter: string; text: string }>({
    fields: ['title', 'chapter', 'text'],
    tokenize: wordsOf,
    searchOptions: { prefix: true, fuzzy: 0.15, combineWith: 'AND', boost: { title: 4, chapter: 1.5 } },
  })
  engine.addAll(entries.map(([, , title, chapter, text], id) => ({ id, title, chapter, text })))
  return (query) =>
    engine
      .search(query)
      .slice(0, mostResults)
      .map(({ id }) => entries[id as number]!)
}

// A file may not be fetched, but loaded as a script.
function loadScript(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = name
    script.onload = () => resolve()
    script.onerror = () => reject(new Error(`Cannot load ${name}`))
    document.head.append(script)
  })
}

const segmenter = new Intl.Segmenter(document.documentElement.lang || undefined, { granularity: 'word' })

// In Japanese and Chinese no spaces part the words. Names in code are found by their parts too.
function wordsOf(text: string): string[] {
  const words = [...segmenter.segment(text)].flatMap(({ segment, isWordLike }) =>
    isWordLike ? [segment] : [],
  )
  return words.flatMap((word) => {
    const parts = word.split(/[_.:]|(?<=\p{Ll})(?=\p{Lu})/u).filter(Boolean)
    return parts.length > 1 ? [word, ...parts] : [word]
  })
}

function resultsOf(found: readonly SearchEntry[], query: string, none: string): HTMLElement[] {
  if (found.length === 0) return [element('li', none)]
  return found.map(([page, id, title, chapter, text]) => {
    const link = element('a', element('b', title), ...(chapter === title ? [] : [` ${chapter}`]))
    link.setAttribute('href', `${encodeURI(page)}${id === '' ? '' : `#${encodeURIComponent(id)}`}`)
    const words = snippetOf(text, query).map(({ text: part, isFound }) =>
      isFound ? element('mark', part) : part,
    )
    link.append(element('span', ...words))
    return element('li', link)
  })
}

function element(name: string, ...children: readonly (Node | string)[]): HTMLElement {
  const made = document.createElement(name)
  made.append(...children)
  return made
}
