import type { SearchEntry } from '../split/split-page.ts'
import { onSearchKey, type Result, searchBox } from './search-box.ts'
import { openEngine } from './search-engine.ts'

declare global {
  var weftSearch: readonly SearchEntry[] | undefined
}

// A search over all pages of a report. Its index is loaded when it is first used.
const place = document.querySelector<HTMLElement>('.weft-search')
if (place) {
  const { index, label, none } = place.dataset
  const input = searchBox(place, { label: label!, none: none!, load: () => loadSearch(index!) })
  onSearchKey(() => input.focus())
}

async function loadSearch(index: string): Promise<(query: string) => readonly Result[]> {
  await loadScript(index)
  const entries = globalThis.weftSearch!
  const find = openEngine(entries.map(([, , title, chapter, text]) => ({ title, chapter, text })))
  return (query) =>
    find(query).map((at): Result => {
      const [page, id, title, chapter, text] = entries[at]!
      const href = `${encodeURI(page)}${id === '' ? '' : `#${encodeURIComponent(id)}`}`
      return { title, chapter: chapter === title ? '' : chapter, text, href }
    })
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
