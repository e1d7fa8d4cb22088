/** One number over several seeds. It is known by its shape, since a stored result has no classes. */
export interface Spread {
  readonly mean: number
  /** Sample standard deviation (n - 1), 0 for one seed. */
  readonly std: number
  /** How many runs it is made of; fewer at a place of an array that not all runs reached. */
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

const members = ['mean', 'std', 'n', 'min', 'max'] as const

/** Says whether a value is a Spread of finite numbers, by its shape. */
export function isSpread(value: unknown): value is Spread {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== members.length)
    return false
  const record = value as Readonly<Record<string, unknown>>
  return members.every((member) => typeof record[member] === 'number' && Number.isFinite(record[member]))
}

/** Says whether the runs of a Spread differ: what is the same for every seed is printed like a plain number. */
export function varies({ n, min, max }: Spread): boolean {
  return n > 1 && min !== max
}

/**
 * Combines the values that several runs gave for one thing into one: numbers into a Spread, arrays and records member
 * by member; other values must agree. Arrays of numbers may differ in length, as the histories of runs that stop early
 * do: each place combines the runs that reached it, and its `n` says how many. `path` names the value in errors.
 */
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
  return Array.from({ length: Math.max(...lengths) }, (_, index) => {
    const reached = values.filter(({ length }) => index < length).map((value) => value[index])
    // Only a Spread can say that some runs are missing.
    if (reached.length < values.length && !reached.every(hasNumber)) {
      throw new Error(
        `Cannot average \`${path}\`, expected one length over all seeds, or numbers, found ${lengths.join(', ')}`,
      )
    }
    return spread(reached, `${path}[${index}]`)
  })
}

function hasNumber(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).some(hasNumber)
  return typeof value === 'number'
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
