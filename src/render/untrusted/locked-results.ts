import type { ResultStore } from '../cache/result-store.ts'
import type { CellResult } from '../execute/cell-result.ts'
import type { Evaluated, Expressions } from '../execute/evaluate.ts'
import { allExpressions } from '../execute/expressions.ts'
import { jobsOf } from '../execute/run-cells.ts'
import type { Results } from '../execute/run-report.ts'
import { limits } from '../model/limits.ts'
import { keyOfCell, type LockedProfile, matchAccepted } from '../model/lock.ts'
import type { Cell, Expression, Json, ReportTree } from '../model/types.ts'
import { cleanText } from './clean-text.ts'

const absent = 'there is no accepted one, and a report that is not trusted runs nothing'

/**
 * Gives every result of a report as it was accepted: a cell's by the lock's key, a value's or a claim's by its id,
 * else by its source. Nothing is bundled, run or evaluated.
 */
export function lockedResults(
  tree: ReportTree,
  locked: LockedProfile | undefined,
  accepted: ResultStore,
): Results {
  const cells = new Map(tree.cells.map((cell) => [cell.label, resultOfCell(cell, locked, accepted)]))
  return {
    cells,
    expressions: asAccepted(allExpressions(tree, cells), locked?.shown ?? []),
    // Values are not evaluated, so that nobody asks for them.
    exports: new Map(),
    jobs: jobsOf(cells, accepted.read),
    // Its code is not even read.
    bundles: new Map(),
  }
}

function resultOfCell(cell: Cell, locked: LockedProfile | undefined, accepted: ResultStore): CellResult {
  if (!cell.options.evaluate) return { state: 'unevaluated', cell }
  const key = keyOfCell(locked, cell.label)
  const stored = key === undefined ? undefined : accepted.read(key)
  if (stored) return { state: 'reused', cell, stored }
  return { state: 'stale', cell, key: key ?? '', stored: undefined, reason: absent }
}

function asAccepted(expressions: readonly Expression[], shown: LockedProfile['shown']): Expressions {
  const accepted = matchAccepted(expressions, shown)
  return new Map(
    expressions.map((expression) => [
      expression.id,
      { expression, result: evaluatedAs(accepted.get(expression)) },
    ]),
  )
}

function evaluatedAs(one: LockedProfile['shown'][number] | undefined): Evaluated {
  if (!one)
    return { ok: false, message: 'the lock has none that was accepted, and nothing is evaluated', read: {} }
  if (one.text.length > limits.lineCharacters)
    return { ok: false, message: `the accepted one has ${one.text.length} characters`, read: {} }
  const { kind, text, read, printed } = one
  return {
    ok: true,
    text: cleanText(text),
    isTrue: kind === 'claim' && text === 'true',
    read: read as Record<string, Json>,
    printed: printed as Extract<Evaluated, { ok: true }>['printed'],
  }
}
