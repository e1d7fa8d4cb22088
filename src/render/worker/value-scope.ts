import { parseWithDates } from '../model/date-json.ts'
import { suggestion } from '../model/nearest.ts'
import type { Json } from '../model/types.ts'
import { plainGlobals, prelude } from '../output/prelude.ts'
import type { Order } from './protocol.ts'
import type { Given } from './redraw.ts'

/** What values and claims may name. */
export interface Names {
  /** All exports, even those without a result. */
  readonly all: readonly string[]
  /** JSON of `params` and of each export that has a result. */
  readonly texts: ReadonlyMap<string, string>
}

/** Reads the names that expressions may use from an order. */
export function namesOf({ params, names, ...input }: Order['input']): Names {
  const prefix = 'earlier:'
  const exports = Object.entries(input).filter(([name]) => name.startsWith(prefix))
  return {
    all: JSON.parse(names!) as string[],
    texts: new Map([
      ...exports.map(([name, text]) => [name.slice(prefix.length), text] as const),
      ['params', params!],
    ]),
  }
}

const elsewhere =
  'expected an export of a cell, params or a formatter: what differs from run to run belongs in an experiment'

// Math without its random numbers.
const plainMath = Object.create(Object.prototype, {
  ...Object.getOwnPropertyDescriptors(Math),
  random: {
    get(): never {
      throw new Error(`Unexpected \`Math.random\` in a value, ${elsewhere}`)
    },
  },
}) as object

/**
 * Makes the scope of one expression, as an object for `with`: with parameters, reading a plain number by its name
 * would go unseen. An unknown name throws an Error that suggests a near one; so does a global name beyond the plain
 * ones, such as Date or process.
 *
 * @param given gives `params` and exports
 * @param helper gives a function of the prelude
 */
export function scopeOf(
  { all, texts }: Names,
  given: Given,
  helper: (name: keyof typeof prelude) => unknown,
): object {
  const isGiven = (name: string) => name === 'params' || Object.hasOwn(prelude, name) || all.includes(name)
  return new Proxy(
    {},
    {
      // No author means a member that every object has, such as `toString`.
      has: (_, name) => typeof name === 'string' && (isGiven(name) || !plainGlobals.has(name)),
      get(_, name) {
        if (typeof name === 'symbol') return undefined
        if (name === 'params') return given(name)
        if (Object.hasOwn(prelude, name)) return helper(name as keyof typeof prelude)
        if (texts.has(name)) return given(name)
        if (all.includes(name)) throw new Error(`\`${name}\` has no value, since its cell has no result`)
        if (name === 'Math') return plainMath
        if (Object.hasOwn(globalThis, name))
          throw new Error(`Unexpected \`${name}\` in a value, ${elsewhere}`)
        throw new Error(
          `Unknown name \`${name}\`, expected an export of a cell, params or a formatter${suggestion(name, [...all, ...Object.keys(prelude)])}`,
        )
      },
    },
  )
}

/** Parses the value of a name, anew at each call. */
export function parsed({ texts }: Names, name: string): Json {
  return parseWithDates(texts.get(name)!) as Json
}

/** Gives the values of names, each parsed once. */
export function parsedOnce(names: Names): Given {
  const done = new Map<string, Json>()
  return (name) => {
    const value = done.has(name) ? done.get(name)! : parsed(names, name)
    done.set(name, value)
    return value
  }
}
