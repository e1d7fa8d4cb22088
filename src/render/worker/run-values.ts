import { isSpread } from '../../statistics/spread.ts'
import { ownFormatter } from '../model/formatter.ts'
import type { Json } from '../model/types.ts'
import { exactDecimal } from '../output/decimal.ts'
import { difference } from '../output/difference.ts'
import type { Interval } from '../output/interval.ts'
import { intervalOf } from '../output/interval.ts'
import { pointPieces } from '../output/percent-points.ts'
import type { prelude } from '../output/prelude.ts'
import { comparers, formatters, redrawnPrelude } from '../output/prelude.ts'
import { isDate, isoDate, printValue } from '../output/print-value.ts'
import type { Evaluated, Printed } from './evaluated.ts'
import type { Order, ThreadResult } from './protocol.ts'
import type { Given } from './redraw.ts'
import { noiseOf } from './redraw.ts'
import type { Names } from './value-scope.ts'
import { namesOf, parsed, parsedOnce, scopeOf } from './value-scope.ts'
import { watch } from './watch.ts'

// What an expression did while it was evaluated.
interface Notes {
  readonly read: Record<string, Json>
  readonly printed: Printed[]
  readonly intervals: Interval[]
  readonly named: Set<string>
}

/** Evaluates every value and claim, each in its own function, so that one that throws does not affect the others. */
export async function runValues({ input }: Order): Promise<Extract<ThreadResult, { ok: true }>['value']> {
  const bodies = JSON.parse(input.bodies!) as Record<string, string>
  const claims = new Set(JSON.parse(input.claims ?? '[]') as string[])
  const languages = JSON.parse(input.languages ?? '{}') as Record<string, string>
  const names = namesOf(input)
  const given = parsedOnce(names)
  const results = Object.entries(bodies).map(([id, body]) => {
    setLanguage(languages[id])
    const result = evaluate(body, names, claims.has(id) ? given : undefined)
    return [id, result] as const
  })
  return {
    shown: [],
    exports: { results: Object.fromEntries(results) as unknown as Json },
    measured: {},
    facts: {},
  }
}

// What prints numbers asks for the language of the place where they stand.
function setLanguage(lang: string | undefined): void {
  Object.assign((globalThis as unknown as { __weft: { lang?: string } }).__weft, { lang })
}

function evaluate(body: string, names: Names, ofClaim: Given | undefined): Evaluated {
  const notes: Notes = { read: {}, printed: [], intervals: [], named: new Set() }
  const { read, printed, intervals } = notes
  try {
    const run = new Function('scope', `with (scope) { ${body} }`) as (this: object, scope: object) => unknown
    // Without this, `this` would be the global object.
    const expression = (scope: object) => run.call({}, scope)
    const value = expression(scopeOf(names, watched(names, notes), (name) => noting(name, notes)))
    const isTrue = value === true
    const text = typeof value === 'boolean' ? String(value) : show(value, printed)
    const again = (given: Given) => expression(scopeOf(names, given, (name) => redrawnPrelude[name])) === true
    const noise = isTrue && ofClaim ? noiseOf(again, ofClaim) : undefined
    return {
      ok: true,
      text,
      isTrue,
      read,
      printed,
      names: [...notes.named].sort(),
      ...(intervals.length > 0 ? { intervals } : {}),
      ...(noise ? { noise } : {}),
    }
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error), read }
  }
}

// Parses a value anew at each read, so that no expression changes what another reads.
function watched(names: Names, { read, named }: Notes): Given {
  const note = (path: string, value: Json) => {
    read[path] = value
  }
  return (name) => {
    named.add(name)
    return watch(parsed(names, name), name, { note, siblings: name === 'params' ? [] : names.all })
  }
}

// A formatter that also notes its value and text, or a comparer that also notes its interval.
function noting(name: keyof typeof prelude, { printed, intervals }: Notes): unknown {
  if (Object.hasOwn(comparers, name)) {
    return (a: unknown, b?: unknown) => {
      const outcome = comparers[name as keyof typeof comparers](a, b)
      const interval = intervalOf(outcome) ?? difference(a, b)
      if (interval.low !== null) intervals.push({ ...interval })
      return outcome
    }
  }
  return (value: number, ...rest: number[]) => {
    const text = formatters[name as keyof typeof formatters](value, ...rest)
    if (intervalOf(value)) printed.push(...(pointPieces(value, ...rest) as readonly Printed[]))
    else printed.push({ raw: plain(value), text })
    return text
  }
}

function plain(value: unknown): Json {
  return isSpread(value) ? { ...value } : (value as Json)
}

function show(value: unknown, printed: Printed[]): string {
  if (typeof value === 'string') return value
  if (isDate(value)) return dateText(value)
  const text = numberText(value)
  printed.push({ raw: plain(value), text })
  return text
}

function dateText(date: Date): string {
  const [, time] = isoDate(date).split(' ')
  return ownFormatter().longDay(date) + (time === undefined ? '' : ` ${time}`)
}

function numberText(value: unknown): string {
  if (typeof value === 'number' && Number.isFinite(value)) return ownFormatter().numbers(exactDecimal(value))
  if (isSpread(value)) return printValue(value, 'value')
  throw new Error(`Unexpected ${describe(value)}, expected text, a number, a date or a Spread`)
}

function describe(value: unknown): string {
  if (value === null || value === undefined || typeof value === 'number') return String(value)
  if (value instanceof Promise) return 'promise'
  if (Array.isArray(value)) return `array of ${value.length}`
  return typeof value === 'object' ? `object {${Object.keys(value).join(', ')}}` : typeof value
}
