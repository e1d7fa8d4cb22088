import { isSpread } from '../model/spread.ts'
import type { CardDependencies, Cards, CardValue, Json } from '../model/types.ts'
import { dependencyRows } from './dependency-rows.ts'
import { type Draft, type Interned, intern } from './record.ts'
import type { ShownNumber } from './schema.ts'

const mostCells = 12

/** Makes the texts that a page shows when the reader points at a number, each text once. */
export function cardsOf(record: Draft): Cards {
  const texts = intern<string>()
  const values = new Map<string, CardValue>()
  const outputs = new Map<string, number>()
  const sets = intern<CardDependencies>()
  const places = record.grounds.map((dependencies) => {
    const shown = dependencies.cells.slice(-mostCells)
    const rest = dependencies.cells.length - shown.length
    const rows = [
      ...dependencyRows(dependencies, record),
      ...(rest > 0 ? [['Cells before', `${rest} more`]] : []),
    ]
    const cells = shown.map(
      (label) => [texts.add(label), texts.add(placeOfCode(record.cells[label]!))] as const,
    )
    return sets.add({ cells, rows: rows.map((row) => row.map((text) => texts.add(text))) })
  })
  for (const number of record.numbers) {
    if ('output' in number) outputs.set(number.output, places[number.ground]!)
    else values.set(number.id, cardValue(number, places[number.ground]!, texts))
  }
  return {
    texts: texts.list,
    values: Object.fromEntries(values),
    outputs: Object.fromEntries(outputs),
    grounds: sets.list,
  }
}

function placeOfCode({ file, line }: Draft['cells'][string]): string {
  return `${file}:${line}`
}

function cardValue(
  number: Extract<Draft['numbers'][number], { kind: 'value' | 'claim' }>,
  ground: number,
  texts: Interned<string>,
): CardValue {
  return [texts.add(number.expression), texts.add(behind(number)), ground]
}

const most = 8

/** Describes what a value or claim shows: the unrounded numbers, or whether the claim holds and what it read. */
export function behind(number: Extract<ShownNumber, { kind: 'value' | 'claim' }>): string {
  if (number.kind === 'value') return joined(number.printed.map(({ raw }) => inWords(raw)))
  const read = Object.entries(number.read).map(([path, value]) => `${path} is ${inWords(value)}`)
  return `${number.text}: ${joined(read) || 'nothing was read'}`
}

function joined(parts: readonly string[]): string {
  const rest = parts.length - most
  return rest > 0 ? `${parts.slice(0, most).join(', ')} and ${rest} more` : parts.join(', ')
}

function inWords(raw: Json): string {
  if (!isSpread(raw)) return JSON.stringify(raw)
  const { mean, std, n } = raw
  return `mean ${mean}, std ${std}, n ${n}`
}
