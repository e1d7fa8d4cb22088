import type { CardDependencies, Cards } from '../../model/cards.ts'
import { unescapeHtml } from '../hast.ts'

/** Gives the cards of the numbers on one page, of those of a whole report. */
export function cardsFor({ texts, values, outputs, grounds }: Cards, html: string): Cards {
  const shown = new Set(
    [...html.matchAll(/\b(?:data-value|data-output|id)="([^"]+)"/g)].map(([, id]) => unescapeHtml(id!)),
  )
  const keptTexts = keeper(texts)
  const keptGrounds = keeper(grounds)
  const ownOf = <Value>(all: { readonly [id: string]: Value }) =>
    Object.entries(all).filter(([id]) => shown.has(id))
  const ownValues = ownOf(values).map(
    ([id, [source, behind, ground]]) =>
      [id, [keptTexts.at(source), keptTexts.at(behind), keptGrounds.at(ground)]] as const,
  )
  const ownOutputs = ownOf(outputs).map(([id, ground]) => [id, keptGrounds.at(ground)] as const)
  const ownGrounds = keptGrounds.list.map(
    ({ cells, rows }): CardDependencies => ({
      cells: cells.map(([label, place]) => [keptTexts.at(label), keptTexts.at(place)] as const),
      rows: rows.map((row) => row.map(keptTexts.at)),
    }),
  )
  return {
    texts: keptTexts.list,
    values: Object.fromEntries(ownValues),
    outputs: Object.fromEntries(ownOutputs),
    grounds: ownGrounds,
  }
}

// Keeps those elements of a list that are asked for, and gives each its new place.
function keeper<Item>(all: readonly Item[]): { readonly list: Item[]; at(index: number): number } {
  const list: Item[] = []
  const places = new Map<number, number>()
  return {
    list,
    at(index) {
      const known = places.get(index)
      if (known !== undefined) return known
      places.set(index, list.length)
      return list.push(all[index]!) - 1
    },
  }
}
