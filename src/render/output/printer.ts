import type { Spread } from '../../statistics/spread.ts'
import { found } from '../model/found.ts'
import { suggestion } from '../model/nearest.ts'
import { count, fixed, percent, seconds } from './format.ts'
import { printValue } from './print-value.ts'

const FORMATTERS = { percent, fixed, count, seconds } as const

const NAMES = Object.keys(FORMATTERS)

/** How the values of a column are printed: a formatter, its name, or a number of decimals. */
export type Printer = keyof typeof FORMATTERS | number | ((value: never) => string)

/**
 * Gives the function that prints a column; null is a dash whatever the formatter. Its errors begin with the place of
 * the value, and name the printer by `path`.
 */
export function toPrinter(
  printer: Printer | undefined,
  path: string,
): (value: unknown, place: string) => string {
  if (printer === undefined) return printValue
  const print = formatterOf(printer, path)
  return (value, place) => {
    if (value === null) return printValue(value, place)
    const text = at(place, () => print(value as never))
    if (typeof text === 'string') return text
    throw new Error(`${place}: expected a string from ${path}, found ${found(text)}`)
  }
}

// A formatter knows its value, but not its place.
function at<T>(place: string, print: () => T): T {
  try {
    return print()
  } catch (cause) {
    throw new Error(`${place}: ${(cause as Error).message}`, { cause })
  }
}

function formatterOf(printer: Printer, path: string): (value: never) => unknown {
  // Call a formatter only with the value: its second parameter is digits, not a row.
  if (typeof printer === 'function') return (value) => printer(value)
  if (typeof printer === 'number') return (value: number | Spread) => fixed(value, printer)
  if (typeof printer === 'string' && Object.hasOwn(FORMATTERS, printer))
    return (value) => FORMATTERS[printer](value)
  throw new Error(
    `Unexpected ${found(printer)} in ${path}, expected a function, decimals or one of ${NAMES.join(', ')}${typeof printer === 'string' ? suggestion(printer, NAMES) : ''}`,
  )
}
