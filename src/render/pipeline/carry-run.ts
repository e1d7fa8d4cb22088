import type { CellResult } from '../execute/cell-result.ts'
import type { Expressed } from '../execute/evaluate.ts'
import { allExpressions } from '../execute/expressions.ts'
import { evaluateReport } from '../execute/run-report.ts'
import type { Cell, Expression } from '../model/types.ts'
import { languageAt } from '../syntax/language-at.ts'
import type { Program, Run, RunSettings, Source } from './stages.ts'
import type { Context } from './steps.ts'

/**
 * Gives the results of an earlier run to a newer source with the same cells, in the same order, and evaluates the values
 * and claims that it lacks. Whoever calls it knows that nothing but the chapters has changed, and that there was
 * nothing to be told of in the run. Gives nothing if the cells are others.
 *
 * @param program That of the newer source, or of an older one with the same cells.
 */
export async function carryRun(
  run: Run,
  { source, ...program }: Program,
  { workers }: Pick<RunSettings, 'workers'>,
  { mode, signal, compiled }: Pick<Context, 'mode' | 'signal' | 'compiled'>,
): Promise<Run | undefined> {
  const cells = carriedCells(run, source)
  if (!cells) return undefined
  const { tree } = source
  const found = allExpressions(tree, cells)
  const known = knownResults(run, source, mode.name === 'author')
  const carried = found.map((expression) => known(expression))
  const open = found.filter((_, index) => carried[index] === undefined)
  // What was accepted of an untrusted report belongs to an id.
  if (open.length > 0 && (mode.name !== 'author' || !workers)) return undefined
  const evaluated =
    open.length > 0
      ? await evaluateReport(tree, program, { ...run, cells }, open, {
          executor: workers!.cells,
          signal,
          compiled,
          memory: run.cache,
        })
      : undefined
  const expressions = found.map((one, index) => [one.id, carried[index] ?? evaluated!.get(one.id)!] as const)
  return { ...run, source, cells, expressions: new Map(expressions) }
}

function carriedCells(run: Run, { report, tree }: Source): ReadonlyMap<string, CellResult> | undefined {
  const { front } = run.source.report
  const before = [...run.cells.values()]
  if (front !== report.front && JSON.stringify(front) !== JSON.stringify(report.front)) return undefined
  if (before.length !== tree.cells.length) return undefined
  if (!before.every(({ cell }, index) => isSameCell(cell, tree.cells[index]!))) return undefined
  return new Map(before.map((result, index) => [result.cell.label, { ...result, cell: tree.cells[index]! }]))
}

function isSameCell(one: Cell, other: Cell): boolean {
  const isSame = one.label === other.label && one.lang === other.lang && one.file === other.file
  return (
    isSame && one.source === other.source && JSON.stringify(one.options) === JSON.stringify(other.options)
  )
}

/**
 * Opens the results of a run for other expressions: of the same id or, since a new heading names all that follow it
 * anew, of the same text.
 */
function knownResults(
  { expressions }: Run,
  { tree }: Source,
  mayHaveOtherId: boolean,
): (expression: Expression) => Expressed | undefined {
  // Most stand in nodes that are as they were.
  const langOf = (one: Expression, before?: Expressed) => {
    if (before?.expression.position === one.position) return before.lang
    const lang = languageAt(tree, one)
    return lang === 'en' ? undefined : lang
  }
  let byText: Map<string, Expressed> | undefined
  return (expression) => {
    const { id, kind, source } = expression
    const own = expressions.get(id)
    if (own?.expression.source === source && own.expression.kind === kind) {
      const lang = langOf(expression, own)
      if (lang === own.lang) return { ...own, expression }
    }
    if (!mayHaveOtherId) return undefined
    // The words for a fault may name its place.
    byText ??= new Map(
      [...expressions.values()].filter(isFine).map((one) => [textOf(one.expression, one.lang), one]),
    )
    const lang = langOf(expression)
    const other = byText.get(textOf(expression, lang))
    return other && { ...other, expression }
  }
}

function textOf({ kind, source }: Expression, lang: string | undefined): string {
  return JSON.stringify([kind, source, lang])
}

function isFine({ expression: { kind }, result }: Expressed): boolean {
  return result?.ok === true && (kind === 'value' || result.isTrue === true)
}
