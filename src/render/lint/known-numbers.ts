import { isSpread, type Spread } from '../../statistics/spread.ts'
import type { CellResult } from '../execute/cell-result.ts'
import type { Json } from '../model/types.ts'

/** A number that the report computed, or one of its params. */
export interface KnownNumber {
  /** Its name in an expression: `binary.test.accuracy`. */
  readonly path: string
  readonly value: number | Spread
  /** The place of its cell; undefined for a param. */
  readonly owner?: { readonly file: string; readonly line: number }
  /** Whether it is the length of a list. */
  readonly isLength: boolean
}

const longestList = 200
const most = 50_000
const deepest = 8

/**
 * Lists the numbers that values may name: params, exports of cells, and the lengths of their lists. Leaves out the
 * content of lists with more than 200 elements, and everything beyond 50,000 numbers.
 */
export function knownNumbers(
  cells: ReadonlyMap<string, CellResult>,
  params: { readonly [name: string]: Json },
): KnownNumber[] {
  const known: KnownNumber[] = []
  for (const [name, value] of Object.entries(params)) add(value, `params${member(name)}`, undefined, 0)
  for (const cellResult of cells.values()) {
    if (!('stored' in cellResult)) continue
    const { file, position } = cellResult.cell
    const owner = { file, line: position.start.line }
    for (const [name, value] of Object.entries(cellResult.stored?.exports ?? {})) add(value, name, owner, 0)
  }
  return known

  function add(value: Json, path: string, owner: KnownNumber['owner'], depth: number): void {
    if (known.length >= most || depth > deepest) return
    if (typeof value === 'number') known.push({ path, value, owner, isLength: false })
    if (typeof value !== 'object' || value === null) return
    if (isSpread(value)) {
      known.push({ path, value, owner, isLength: false })
      for (const name of ['mean', 'min', 'max'] as const)
        add(value[name], `${path}.${name}`, owner, depth + 1)
      return
    }
    if (Array.isArray(value)) {
      known.push({ path: `${path}.length`, value: value.length, owner, isLength: true })
      if (value.length > longestList) return
    }
    for (const [name, inner] of Object.entries(value))
      add(inner, `${path}${Array.isArray(value) ? `[${name}]` : member(name)}`, owner, depth + 1)
  }
}

function member(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`
}
