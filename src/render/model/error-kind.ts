import type { Failure } from './types.ts'

/** The kinds that an error can carry; every other error has the kind `error`. */
type ErrorKind = Extract<Failure['kind'], 'not-json' | 'no-alt' | 'aborted'>

/**
 * Marks an error with its kind, so that code that reports it need not parse its message. A class would not work: each
 * cell is bundled with its own copy of `weft/output`, and `instanceof` fails for an error from another copy.
 */
export function withKind<Some extends Error>(error: Some, kind: ErrorKind | undefined): Some {
  return kind === undefined ? error : Object.defineProperty(error, member(), { value: kind })
}

/** Gives the kind of an error, even if another copy of this module marked it; undefined for any other value. */
export function kindOf(error: unknown): ErrorKind | undefined {
  return error instanceof Error ? (Reflect.get(error, member()) as ErrorKind | undefined) : undefined
}

// Create the symbol at each call: a module-level one would stay in the bundle of every cell.
function member(): symbol {
  return Symbol.for('weft.error-kind')
}
