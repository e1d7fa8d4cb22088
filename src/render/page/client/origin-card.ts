import type { Cards } from '../../model/cards.ts'
import { element } from './element.ts'
import { words } from './words.ts'

/** A card that tells where what it stands beside comes from. */
export interface OriginCard {
  readonly element: HTMLElement
  /** What it stands beside, while it is shown. */
  target(): HTMLElement | undefined
  /** @param isPinned Whether it stays when the pointer leaves. */
  show(target: HTMLElement, isPinned: boolean): void
  hide(): void
}

/** Fills a card; all of it is text, nothing is read as markup. */
export function fillCard(
  card: HTMLElement,
  { source, behind, dependencies }: Origin,
  { texts }: Cards,
): void {
  const list = element('dl')
  const links = dependencies.cells.flatMap(([label, place], index) => [
    ...(index === 0 ? [] : [', ']),
    ...cellLink(texts[label]!, texts[place]!),
  ])
  if (links.length > 0)
    list.append(
      element('dt', {}, dependencies.cells.length === 1 ? words.cell : words.cells),
      element('dd', {}, ...links),
    )
  for (const [title, ...lines] of dependencies.rows) {
    list.append(element('dt', {}, texts[title!]!))
    for (const line of lines) list.append(element('dd', {}, texts[line]!))
  }
  card.replaceChildren(
    ...(source ? [element('p', {}, element('code', {}, source))] : []),
    ...(behind ? [element('p', {}, behind)] : []),
    ...(list.children.length > 0 ? [list] : []),
  )
  card.scrollTop = 0
}

// To the code where the page has it, else to what the cell shows, else where its code is written.
function cellLink(label: string, place: string): (Node | string)[] {
  const id = [`cell-${label}`, label].find((one) => document.getElementById(one))
  if (id === undefined) return [element('code', {}, label), ` (${place})`]
  return [element('a', { href: `#${id}` }, label)]
}

/** What a card is about: an expression, if it is one, and what it depends on. */
interface Origin {
  readonly source?: string
  readonly behind?: string
  readonly dependencies: Cards['grounds'][number]
}

const numbers = '[data-value],[data-output]'
const captions = ':is(.weft-figure,.weft-table)>figcaption .weft-number'
const entries = '.weft-table tbody :is(td,th)'

/** Selects what keys go through: values, claims, and figures and tables by the number in their caption. */
export const stops = `${numbers},${captions}`

/** Finds what a reader points at: a value, a claim, an entry of a table, or the number of a caption. */
export function stopOf(element: Element, cards: Cards): HTMLElement | undefined {
  const found = element.closest<HTMLElement>(`${stops},${entries}`)
  return found && originOf(found, cards) ? found : undefined
}

/** Gives what the page knows of a value, a claim, an entry or a caption; undefined where it knows nothing. */
export function originOf(stop: HTMLElement, { values, outputs, grounds, texts }: Cards): Origin | undefined {
  if (stop.dataset.value !== undefined) {
    if (!Object.hasOwn(values, stop.dataset.value)) return undefined
    const [source, behind, ground] = values[stop.dataset.value]!
    return { source: texts[source]!, behind: texts[behind]!, dependencies: grounds[ground]! }
  }
  const id = stop.dataset.output ?? stop.closest('figure')?.id ?? ''
  return Object.hasOwn(outputs, id) ? { dependencies: grounds[outputs[id]!]! } : undefined
}
