import type { Cards } from '../../model/types.ts'

/** What a card is about: an expression, if it is one, and what it rests on. */
export interface Origin {
  readonly source?: string
  readonly behind?: string
  readonly ground: Cards['grounds'][number]
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
    const value = values[Number(stop.dataset.value)]
    if (!value) return undefined
    const [source, behind, ground] = value
    return { source: texts[source]!, behind: texts[behind]!, ground: grounds[ground]! }
  }
  const id = stop.dataset.output ?? stop.closest('figure')?.id ?? ''
  return Object.hasOwn(outputs, id) ? { ground: grounds[outputs[id]!]! } : undefined
}
