import { isSpread } from '../charts/spread.ts'
import { suggestion } from '../nearest.ts'
import { printValue } from '../output/print-value.ts'
import type { Json } from '../types.ts'
import { prelude } from './prelude.ts'
import type { Order, ThreadResult } from './protocol.ts'
import { watch } from './watch.ts'

/** A number or a Spread, and its text. */
export interface Printed {
  readonly raw: Json
  readonly text: string
}

/** What one expression came to, and every number, text and truth value that it read, by path. */
export type Evaluated =
  | {
      readonly ok: true
      readonly text: string
      readonly isTrue: boolean
      readonly read: Readonly<Record<string, Json>>
      /** Each number or Spread that was printed, in order, beside its text. */
      readonly printed: readonly Printed[]
    }
  | { readonly ok: false; readonly message: string; readonly read: Readonly<Record<string, Json>> }

/** Evaluates every value and claim, each in its own function, so that one that throws harms no other. */
export async function runValues({ input }: Order): Promise<Extract<ThreadResult, { ok: true }>['value']> {
  const bodies = JSON.parse(input.bodies!) as Record<string, string>
  const results = Object.entries(bodies).map(([number, body]) => [number, evaluate(body, input)] as const)
  return {
    shown: [],
    exports: { results: Object.fromEntries(results) as unknown as Json },
    measured: {},
    facts: {},
  }
}

function evaluate(body: string, input: Order['input']): Evaluated {
  const read: Record<string, Json> = {}
  const printed: Printed[] = []
  try {
    // A scope object in `with`, not parameters: so that reading a plain number by its name is noted too.
    const value = new Function('scope', `with (scope) { ${body} }`)(scopeOf(input, read, printed)) as unknown
    return typeof value === 'boolean'
      ? { ok: true, text: String(value), isTrue: value, read, printed }
      : { ok: true, text: show(value, printed), isTrue: false, read, printed }
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error), read }
  }
}

function scopeOf(input: Order['input'], read: Record<string, Json>, printed: Printed[]): object {
  const names = JSON.parse(input.names!) as string[]
  const note = (path: string, value: Json) => {
    read[path] = value
  }
  return new Proxy(
    {},
    {
      // What every object has, such as `toString`, is no name that an author means.
      has: (_, name) =>
        typeof name === 'string' && (isGiven(name, names) || !Object.hasOwn(globalThis, name)),
      get(_, name) {
        if (typeof name === 'symbol') return undefined
        if (name === 'params')
          return watch(JSON.parse(input.params!) as Json, 'params', { note, siblings: [] })
        if (Object.hasOwn(prelude, name)) return noting(name as keyof typeof prelude, printed)
        const text = input[`earlier:${name}`]
        if (text !== undefined) return watch(JSON.parse(text) as Json, name, { note, siblings: names })
        if (names.includes(name)) throw new Error(`\`${name}\` has no value, since its cell has no result`)
        throw new Error(
          `Unknown name \`${name}\`, expected an export of a cell, params or a formatter${suggestion(name, [...names, ...Object.keys(prelude)])}`,
        )
      },
    },
  )
}

function isGiven(name: string, names: readonly string[]): boolean {
  return name === 'params' || Object.hasOwn(prelude, name) || names.includes(name)
}

// A formatter that leaves what it was given beside what it made of it.
function noting(name: keyof typeof prelude, printed: Printed[]): unknown {
  return (value: number, ...rest: number[]) => {
    const text = prelude[name](value, ...rest)
    printed.push({ raw: plain(value), text })
    return text
  }
}

function plain(value: unknown): Json {
  return isSpread(value) ? { ...value } : (value as Json)
}

function show(value: unknown, printed: Printed[]): string {
  if (typeof value === 'string') return value
  const text = textOf(value)
  printed.push({ raw: plain(value), text })
  return text
}

function textOf(value: unknown): string {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value).replace('-', '\u2212')
  if (isSpread(value)) return printValue(value, 'value')
  throw new Error(`Unexpected ${describe(value)}, expected text, a number or a Spread`)
}

function describe(value: unknown): string {
  if (value === null || value === undefined || typeof value === 'number') return String(value)
  if (value instanceof Promise) return 'promise'
  if (Array.isArray(value)) return `array of ${value.length}`
  return typeof value === 'object' ? `object {${Object.keys(value).join(', ')}}` : typeof value
}
