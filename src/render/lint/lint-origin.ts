import { isSpread } from '../../statistics/spread.ts'
import { isDescribed } from '../assemble/registers/data-sets.ts'
import { dataFile } from '../bundle/data/data-kinds.ts'
import type { CellResult } from '../execute/cell-result.ts'
import type { Evaluated, Expressions } from '../execute/evaluate.ts'
import type { Bundle, Cell, Expression, Json, Output, ReportTree, StoredResult } from '../model/types.ts'
import { findLiterals } from './find-literals.ts'
import type { Linted, Tell } from './lint-source.ts'
import { isTypedIn, outputTexts } from './output-texts.ts'

/**
 * Reports each shown number that depends on no job, data set, data file or param, at the place of its value, or at
 * that of the cell whose table, figure or text shows it.
 */
export function lintOrigin(
  tree: ReportTree,
  linted: Linted & { readonly expressions: Expressions },
  tell: Tell,
): void {
  const origins = originsOf(linted)
  const files = new Map(tree.chapters.map(({ file }) => [file.path, file]))
  const cells = new Map(tree.cells.map((cell) => [cell.label, cell]))
  for (const { expression, result } of linted.expressions.values()) {
    const shown = expression.kind === 'value' ? numberOf(result) : undefined
    const sources = shown === undefined ? [] : sourcesOf(expression, result!, origins)
    if (shown === undefined || sources === undefined) continue
    tell(
      files.get(expression.file)!,
      originReason(
        shown,
        sources.map((label) => cells.get(label)!),
      ),
      expression.position,
    )
  }
  for (const cell of tree.cells) {
    const stored = storedOf(linted.cells.get(cell.label))
    if (!stored || origins.hasOrigin(cell.label)) continue
    const isTyped = isTypedIn(linted.bundles.get(cell.label)?.code ?? cell.source)
    for (const output of stored.shown) {
      const shown = firstNumber(output, cell, isTyped)
      if (shown !== undefined) tell(files.get(cell.file)!, originReason(shown, [cell]), cell.position)
    }
  }
}

// The number that a value shows; the cell may have printed it into a text.
function numberOf(result: Evaluated | undefined): string | undefined {
  if (!result?.ok) return undefined
  const { printed, text } = result
  return printed[0]?.text ?? findLiterals(text)[0]?.text
}

// The cells that a value takes its numbers from; undefined if one of them has an origin, or a param is read.
function sourcesOf(
  { source }: Expression,
  { read }: Evaluated,
  { owners, exportHasOrigin }: Origins,
): string[] | undefined {
  // Reading the length of a list is not recorded.
  const code = source.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, "''")
  const named = code.match(/(?<![\p{ID_Continue}$.])[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? []
  const roots = [...named, ...Object.keys(read).map((path) => /^[^.[]+/.exec(path)?.[0] ?? path)]
  if (roots.includes('params')) return undefined
  if (roots.some(exportHasOrigin)) return undefined
  return [...new Set(roots.flatMap((root) => owners.get(root) ?? []))]
}

function originReason(shown: string, sources: readonly Cell[]): string {
  const from =
    sources.length === 0
      ? 'it reads nothing'
      : `it comes from ${sources.map(placeOfCell).join(' and ')} alone`
  return `Unexpected number \`${shown}\`, expected one that depends on a job, a data set, a data file or a param: ${from}`
}

function placeOfCell({ label, file, position: { start } }: Cell): string {
  return `the cell #${label} (${file}:${start.line}:${start.column})`
}

function firstNumber(output: Output, cell: Cell, isTyped: ReturnType<typeof isTypedIn>): string | undefined {
  if (output.kind === 'scalar' && isNumber(output.raw)) return output.text
  if (output.kind === 'table')
    for (const row of output.rows)
      for (const { raw, text } of Object.values(row)) if (isNumber(raw)) return text
  const drawn = output.kind === 'figure' ? numberIn(output.spec, false) : undefined
  if (drawn !== undefined) return String(drawn)
  // `lintSource` already reports typed numbers.
  const texts = outputTexts([output], cell).flatMap(({ blocks }) => blocks)
  return texts.flatMap(({ text }) => findLiterals(text)).find((literal) => !isTyped(literal))?.text
}

function isNumber(raw: Json): boolean {
  return typeof raw === 'number' || isSpread(raw)
}

// Only the data of a specification: sizes and angles are not results.
function numberIn(node: Json, isData: boolean): number | undefined {
  if (typeof node === 'number') return isData ? node : undefined
  if (typeof node !== 'object' || node === null) return undefined
  for (const [name, value] of Object.entries(node)) {
    const found = numberIn(value, isData || name === 'data' || name === 'datasets')
    if (found !== undefined) return found
  }
  return undefined
}

/** The origins of numbers. */
interface Origins {
  /** Export -> label of its cell. */
  readonly owners: ReadonlyMap<string, string>
  /** Checks whether the result of a cell depends on a job, a data set, a data file or a param. */
  hasOrigin(label: string): boolean
  /** The same for one export: a literal depends on nothing, whatever else its cell does. */
  exportHasOrigin(name: string): boolean
}

/** Follows the dependencies of cells through the exports of other cells. */
function originsOf({ cells, bundles }: Linted): Origins {
  const owners = new Map(
    [...cells].flatMap(([label, cellResult]) =>
      Object.keys(storedOf(cellResult)?.exports ?? {}).map((name) => [name, label] as const),
    ),
  )
  const literals = new Set([...cells.values()].flatMap(({ cell }) => literalExports(cell.source)))
  const exportHasOrigin = (name: string) =>
    owners.has(name) && !literals.has(name) && hasOrigin(owners.get(name)!)
  const known = new Map<string, boolean>()
  const hasOrigin = (label: string): boolean => {
    const before = known.get(label)
    if (before !== undefined) return before
    const stored = storedOf(cells.get(label))
    // Cells need only earlier cells; the entry guards against results that contradict that.
    known.set(label, false)
    const has =
      stored !== undefined &&
      (hasOwnOrigin(stored, bundles.get(label)) || namesOf(stored, 'export:').some(exportHasOrigin))
    known.set(label, has)
    return has
  }
  return { owners, hasOrigin, exportHasOrigin }
}

// `export const margin = 0.02`
function literalExports(source: string): string[] {
  const typed =
    /^export\s+(?:const|let|var)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*(?::[^=\n]+)?=\s*-?\.?\d[\d._]*(?:e[-+]?\d+)?[\t ]*;?[\t ]*(?:\/\/.*)?$/gmu
  return [...source.matchAll(typed)].map(([, name]) => name!)
}

/** Gives the stored result of a cell, if it has one. */
function storedOf(cellResult: CellResult | undefined): StoredResult | undefined {
  return cellResult && 'stored' in cellResult ? cellResult.stored : undefined
}

function hasOwnOrigin({ parts, exports, provenance }: StoredResult, bundle: Bundle | undefined): boolean {
  const { jobs = [], params = {}, reads = {} } = provenance
  return (
    jobs.length > 0 ||
    Object.keys(params).length > 0 ||
    Object.keys(parts).some((name) => name.startsWith('param:')) ||
    Object.values(reads).some((digest) => digest !== 'absent') ||
    Object.values(exports).some((value) => isDescribed(value)) ||
    (bundle !== undefined && restsOnData(bundle))
  )
}

// An imported data file, or a data set that the source pins by a digest.
function restsOnData({ inputs, code }: Bundle): boolean {
  return (
    Object.keys(inputs).some((file) => dataFile.test(file) || textFile.test(file)) ||
    /["'`][0-9a-f]{64}["'`]/.test(code)
  )
}

const textFile = /(?<!package)\.(?:json|txt|md)$/i

function namesOf({ parts }: StoredResult, prefix: string): string[] {
  return Object.keys(parts).flatMap((name) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : []))
}
