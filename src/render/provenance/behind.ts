import { isSpread } from '../model/spread.ts'
import type { Json } from '../model/types.ts'
import type { ShownNumber } from './schema.ts'

const most = 8

/** Says what is behind the text of a value or a claim: the numbers as they are, or whether it holds and on what. */
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
