import type { BundledReport } from '../bundle/bundle-report.ts'
import { compileExpression } from '../bundle/compile-expression.ts'
import type { Executor, Expression, Json, ReportTree, Task } from '../model/types.ts'
import type { Evaluated } from '../worker/evaluated.ts'
import { failingSides } from './failing-sides.ts'

export type { Evaluated, Failing } from '../worker/evaluated.ts'

const timeoutMs = 30_000

/**
 * Evaluates all values and claims of a report together, after the last cell; nothing of it is stored.
 * Gives each by its number in `expressions`; one that is no expression has its message and is absent.
 *
 * @param expressions Those of the chapters, and of what cells show.
 */
export async function evaluate(
  tree: ReportTree,
  { owners }: BundledReport,
  exports: ReadonlyMap<string, Json>,
  executor: Executor,
  expressions: readonly Expression[] = tree.expressions,
): Promise<ReadonlyMap<number, Evaluated>> {
  const files = new Map(tree.chapters.map(({ file }) => [file.path, file]))
  const compiled = await Promise.all(
    expressions.map((expression) => compileExpression(expression, files.get(expression.file)!)),
  )
  const bodies = new Map(
    [...compiled.entries()].filter((entry): entry is [number, string] => entry[1] !== undefined),
  )
  if (bodies.size === 0) return new Map()
  const run = (some: ReadonlyMap<number, string>, claims: readonly number[]) =>
    runBodies(taskOf(tree, some, owners, exports, claims), executor)
  const isClaim = (number: number) => expressions[number]!.kind === 'claim'
  const results = await run(bodies, [...bodies.keys()].filter(isClaim))
  if (typeof results === 'string') {
    const failed: Evaluated = { ok: false, message: results, read: {} }
    return new Map([...bodies.keys()].map((number) => [number, failed]))
  }
  const isFalse = ([number, result]: [number, Evaluated]) => isClaim(number) && result.ok && !result.isTrue
  const wrong = [...results].filter(isFalse).map(([number]) => number)
  const failing = await failingSides(new Map(wrong.map((number) => [number, expressions[number]!])), (some) =>
    run(some, []),
  )
  return new Map([
    ...results,
    ...[...failing].map(([number, sides]) => [number, { ...results.get(number)!, failing: sides }] as const),
  ])
}

async function runBodies(task: Task, executor: Executor): Promise<Map<number, Evaluated> | string> {
  const outcome = await executor.run(task, host)
  if (!outcome.ok) return outcome.failure.message
  const results = outcome.exports.results as unknown as Record<string, Evaluated>
  return new Map(Object.entries(results).map(([number, result]) => [Number(number), result]))
}

const host = { job: () => Promise.reject(new Error('Cannot run a job in a value')), progress() {}, log() {} }

function taskOf(
  tree: ReportTree,
  bodies: ReadonlyMap<number, string>,
  owners: ReadonlyMap<string, string>,
  exports: ReadonlyMap<string, Json>,
  claims: readonly number[],
): Task {
  // Only what some expression may name travels: exports can be large.
  const words = new Set(
    [...bodies.values()].flatMap((body) => body.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? []),
  )
  const given = [...exports]
    .filter(([name]) => words.has(name))
    .map(([name, value]) => [`earlier:${name}`, JSON.stringify(value)])
  return {
    kind: 'values',
    label: 'values',
    key: '',
    code: '',
    map: '{}',
    packages: {},
    timeoutMs,
    input: {
      ...Object.fromEntries(given),
      params: JSON.stringify(tree.report.params),
      names: JSON.stringify([...owners.keys()]),
      bodies: JSON.stringify(Object.fromEntries(bodies)),
      claims: JSON.stringify(claims),
    },
  }
}
