import type { Evaluated, Expressions } from '../execute/evaluate.ts'
import { isSpread } from '../model/spread.ts'
import type { Cell, Expression, Json, Output, ReportTree } from '../model/types.ts'
import { findLiterals } from './find-literals.ts'
import type { Linted, Tell } from './lint-source.ts'
import { type Origins, originsOf, storedOf } from './origins.ts'
import { isTypedIn, outputTexts } from './output-texts.ts'

/**
 * Tells of each shown number that rests on no job, data set, data file or param, at the place of its value, or at that
 * of the cell whose table, figure or text shows it.
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

// What is shown as a number; a text may hold one that its cell has printed.
function numberOf(result: Evaluated | undefined): string | undefined {
  if (!result?.ok) return undefined
  const { printed, text } = result
  return printed[0]?.text ?? findLiterals(text)[0]?.text
}

// The cells that a value takes its numbers from; undefined where one of them has an origin, or a param is read.
function sourcesOf(
  { source }: Expression,
  { read }: Evaluated,
  { owners, exportHasOrigin }: Origins,
): string[] | undefined {
  // Lengths of lists are read without a note.
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
  return `Unexpected number \`${shown}\`, expected one that rests on a job, a data set, a data file or a param: ${from}`
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
  // What was typed is told of as that.
  const texts = outputTexts([output], cell).flatMap(({ blocks }) => blocks)
  return texts.flatMap(({ text }) => findLiterals(text)).find((literal) => !isTyped(literal))?.text
}

function isNumber(raw: Json): boolean {
  return typeof raw === 'number' || isSpread(raw)
}

// Of a specification its data alone: sizes and angles are no results.
function numberIn(node: Json, isData: boolean): number | undefined {
  if (typeof node === 'number') return isData ? node : undefined
  if (typeof node !== 'object' || node === null) return undefined
  for (const [name, value] of Object.entries(node)) {
    const found = numberIn(value, isData || name === 'data' || name === 'datasets')
    if (found !== undefined) return found
  }
  return undefined
}
