import { element, freeId } from './element.ts'
import { onPatch } from './on-patch.ts'
import { words } from './words.ts'

/** Adds to each reference links to the places that cite it, each named by the number of its section. */
export function backLinks(): void {
  update()
  onPatch(update)
}

function update(): void {
  const places = new Map<string, HTMLAnchorElement[]>()
  for (const link of document.querySelectorAll<HTMLAnchorElement>('main a.weft-reference[href^="#ref-"]')) {
    const id = decodeURIComponent(link.hash.slice(1))
    places.set(id, [...(places.get(id) ?? []), link])
  }
  for (const item of document.querySelectorAll<HTMLElement>('.weft-references>li')) {
    item.querySelector('.weft-backlinks')?.remove()
    const cited = places.get(item.id) ?? []
    if (cited.length > 0) item.querySelector('.weft-entry')?.append(linksTo(item.id, cited))
  }
}

function linksTo(id: string, cited: readonly HTMLAnchorElement[]): HTMLElement {
  const list = element('span', { className: 'weft-backlinks weft-added' }, ` ${words.citedIn} `)
  const sections = cited.map(sectionOf)
  // A number of a place must not look like that of a section.
  const hasSections = sections.some((section) => section !== undefined)
  const names = sections.map(
    (section, index) => section ?? (hasSections ? letterOf(index) : String(index + 1)),
  )
  for (const [index, place] of cited.entries()) {
    place.id ||= freeId(`cite-${id}-${index + 1}`)
    // A section that cites it again has the same number again.
    const again = names.slice(0, index).filter((name) => name === names[index]).length
    const shown = names[index]! + (again > 0 ? `(${again + 1})` : '')
    const link = element('a', { href: `#${encodeURIComponent(place.id)}` }, shown)
    list.append(...(index > 0 ? [', '] : []), link)
  }
  return list
}

// a to z, then aa.
function letterOf(index: number): string {
  const last = String.fromCharCode(97 + (index % 26))
  return index < 26 ? last : letterOf(Math.floor(index / 26) - 1) + last
}

function sectionOf(place: Element): string | undefined {
  const numbers = [...document.querySelectorAll('main .weft-section-number')]
  const before = numbers.findLast(
    (number) => place.compareDocumentPosition(number) & Node.DOCUMENT_POSITION_PRECEDING,
  )
  return before?.textContent?.trim().replace(/\.$/, '') || undefined
}
