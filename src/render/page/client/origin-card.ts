import type { Cards } from '../../model/types.ts'
import type { Origin } from './origin-of.ts'

/** A card that tells where what it stands beside comes from. */
export interface OriginCard {
  readonly element: HTMLElement
  /** What it stands beside, while it is shown. */
  target(): HTMLElement | undefined
  /** @param isPinned Whether it stays when the pointer leaves. */
  show(target: HTMLElement, isPinned: boolean): void
  hide(): void
}

/** Makes the card that tells where a number comes from, hidden, at the end of the page. */
export function cardElement(): HTMLElement {
  const card = document.createElement('div')
  card.className = 'weft-card'
  card.id = 'weft-card'
  card.hidden = true
  card.setAttribute('role', 'dialog')
  card.setAttribute('aria-label', 'Where this comes from')
  document.body.append(card)
  return card
}

/** Fills a card; all of it is text, nothing is read as markup. */
export function fillCard(card: HTMLElement, { source, behind, ground }: Origin, { texts }: Cards): void {
  const list = element('dl')
  const links = ground.cells.flatMap(([label, place], index) => [
    ...(index === 0 ? [] : [', ']),
    ...cellLink(texts[label]!, texts[place]!),
  ])
  if (links.length > 0)
    list.append(element('dt', ground.cells.length === 1 ? 'Cell' : 'Cells'), element('dd', ...links))
  for (const [title, ...lines] of ground.rows) {
    list.append(element('dt', texts[title!]!))
    for (const line of lines) list.append(element('dd', texts[line]!))
  }
  card.replaceChildren(
    ...(source ? [element('p', element('code', source))] : []),
    ...(behind ? [element('p', behind)] : []),
    ...(list.children.length > 0 ? [list] : []),
  )
  card.scrollTop = 0
}

// To the code where the page has it, else to what the cell shows, else where its code is written.
function cellLink(label: string, place: string): (Node | string)[] {
  const id = [`cell-${label}`, label].find((one) => document.getElementById(one))
  if (id === undefined) return [element('code', label), ` (${place})`]
  const link = element('a', label) as HTMLAnchorElement
  link.href = `#${id}`
  return [link]
}

function element(name: string, ...children: readonly (Node | string)[]): HTMLElement {
  const made = document.createElement(name)
  made.append(...children)
  return made
}
