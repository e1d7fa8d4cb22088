import type { Failure } from './types.ts'

/** What an error can say of itself; every other error is of the kind `error`. */
type ErrorKind = Extract<Failure['kind'], 'not-json' | 'no-alt'>

/**
 * Marks an error with its kind, so that whoever reports it need not read its message. A class would not do: a cell is
 * bundled with its own copy of `weft/output`, and `instanceof` knows no error of a copy.
 */
export function withKind<Some extends Error>(error: Some, kind: ErrorKind | undefined): Some {
  return kind === undefined ? error : Object.defineProperty(error, member(), { value: kind })
}

/** Gives the kind that an error was marked with, by whichever copy of this module; undefined for any other value. */
export function kindOf(error: unknown): ErrorKind | undefined {
  return error instanceof Error ? (Reflect.get(error, member()) as ErrorKind | undefined) : undefined
}

// Asked for at each call: a symbol made as the module loads would stay in the bundle of every cell.
function member(): symbol {
  return Symbol.for('weft.error-kind')
}
