/** One number over several seeds. `std` is the sample standard deviation (n - 1), 0 for one seed. */
export interface Spread {
  readonly mean: number
  readonly std: number
  readonly n: number
  readonly min: number
  readonly max: number
}

/** The shape of T, with every number replaced by a Spread. */
export type Spreads<T> = T extends number
  ? Spread
  : T extends string | boolean | null
    ? T
    : { readonly [K in keyof T]: Spreads<T[K]> }

/** Returns whether a value has the shape of a Spread. */
export function isSpread(value: unknown): value is Spread {
  if (typeof value !== 'object' || value === null) return false
  const keys = Object.keys(value)
  return keys.length === 5 && ['mean', 'std', 'n', 'min', 'max'].every((key) => keys.includes(key))
}

/** Combines the values that several runs gave for one thing into one; `path` names it in errors. */
export function spread(values: readonly number[], path?: string): Spread
export function spread(values: readonly unknown[], path?: string): unknown
export function spread(values: readonly unknown[], path = 'values'): unknown {
  const [first] = values
  if (values.every((value) => typeof value === 'number')) return summary(values)
  if (values.every(Array.isArray)) return spreadArrays(values as unknown[][], path)
  if (values.every(isRecord)) return spreadRecords(values, path)
  if (values.every((value) => value === first)) return first
  throw new Error(`Cannot average \`${path}\`, expected one value over all seeds, found ${found(values)}`)
}

function summary(values: readonly number[]): Spread {
  const n = values.length
  const [min, max] = [Math.min(...values), Math.max(...values)]
  // The mean of equal values is that value exactly; a sum would add a rounding error.
  const mean = min === max ? min : values.reduce((sum, value) => sum + value, 0) / n
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return {
    mean,
    std: n > 1 ? Math.sqrt(squares / (n - 1)) : 0,
    n,
    min,
    max,
  }
}

function spreadArrays(values: readonly unknown[][], path: string): unknown[] {
  const lengths = values.map((value) => value.length)
  if (new Set(lengths).size > 1) {
    throw new Error(
      `Cannot average \`${path}\`, expected one length over all seeds, found ${lengths.join(', ')}`,
    )
  }
  return values[0]!.map((_, index) =>
    spread(
      values.map((value) => value[index]),
      `${path}[${index}]`,
    ),
  )
}

function spreadRecords(values: readonly Record<string, unknown>[], path: string): Record<string, unknown> {
  const keys = values.map((value) => Object.keys(value).sort().join(', '))
  if (new Set(keys).size > 1) {
    throw new Error(
      `Cannot average \`${path}\`, expected the same members over all seeds, found {${[...new Set(keys)].join('} and {')}}`,
    )
  }
  return Object.fromEntries(
    Object.keys(values[0]!).map((key) => [
      key,
      spread(
        values.map((value) => value[key]),
        `${path}.${key}`,
      ),
    ]),
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function found(values: readonly unknown[]): string {
  return [...new Set(values.map((value) => JSON.stringify(value) ?? String(value)))].slice(0, 4).join(', ')
}
