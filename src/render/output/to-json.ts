import { withKind } from '../model/error-kind.ts'
import { found } from '../model/found.ts'
import type { Json } from '../model/types.ts'

/** A value that JSON cannot hold, and the path to it. */
export class NotJson extends Error {
  override name = 'NotJson'

  constructor(message: string) {
    super(message)
    withKind(this, 'not-json')
  }
}

/**
 * Throws NotJson, whose message names the path, unless the value is JSON as it stands:
 * `binary.history.loss[17]: NaN`. NaN, the infinities, undefined, dates, maps, sets, typed arrays, functions,
 * symbols, bigints, class instances, holes and cycles are not. JSON leaves out a member that is undefined,
 * so it counts as absent; undefined in an array is an error.
 */
export function assertJson(value: unknown, path: string): asserts value is Json {
  visit(value, path, [])
}

function visit(value: unknown, path: string, above: readonly object[]): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new NotJson(`${path}: ${value}`)
    return
  }
  if (typeof value !== 'object') throw new NotJson(`${path}: expected JSON, found ${found(value)}`)
  if (above.includes(value)) throw new NotJson(`${path}: expected JSON, found a cycle`)
  if (Array.isArray(value)) visitArray(value, path, [...above, value])
  else visitObject(value, path, [...above, value])
}

function visitArray(value: readonly unknown[], path: string, above: readonly object[]): void {
  // Nearly all of a result is numbers, so they skip the call and the path.
  for (let index = 0; index < value.length; index++) {
    const item = value[index]
    if (typeof item !== 'number' || !Number.isFinite(item)) visit(item, `${path}[${index}]`, above)
  }
}

function visitObject(value: object, path: string, above: readonly object[]): void {
  const prototype = Object.getPrototypeOf(value)
  // An object of another realm has another Object.prototype, whose own prototype is null as well.
  const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null
  if (!isPlain) throw new NotJson(`${path}: expected JSON, found ${found(value)}`)
  const [symbol] = Object.getOwnPropertySymbols(value)
  if (symbol !== undefined)
    throw new NotJson(`${path}: expected JSON, found a member named by ${String(symbol)}`)
  if (typeof (value as { toJSON?: unknown }).toJSON === 'function')
    throw new NotJson(`${path}.toJSON: expected JSON, found a function`)
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined) visit(item, member(path, key), above)
  }
}

function member(path: string, key: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key)
    ? `${path}.${key}`
    : `${path}[${JSON.stringify(key)}]`
}
