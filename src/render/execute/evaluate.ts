import type { BundledReport } from '../bundle/bundle-report.ts'
import { type CompiledBodies, compileExpression } from '../bundle/compile-expression.ts'
import type { Executor, Expression, Json, ReportTree, Task } from '../model/types.ts'
import type { Evaluated } from '../worker/evaluated.ts'
import { failingSides } from './failing-sides.ts'

export type { Evaluated, Failing } from '../worker/evaluated.ts'

/** A value or a claim, and what it came to; undefined for one that is no expression, which has its message. */
export interface Expressed {
  readonly expression: Expression
  readonly result: Evaluated | undefined
}

/** Values and claims by their ids: those of the chapters as they are read, then those of outputs and captions. */
export type Expressions = ReadonlyMap<string, Expressed>

// Code by the id of its expression.
type Bodies = ReadonlyMap<string, string>

const timeoutMs = 30_000

/**
 * Evaluates all values and claims of a report together, after the last cell; nothing of it is stored.
 *
 * @param expressions Those of the chapters, and of what cells show.
 * @param compiled Remembers compiled expressions.
 */
export async function evaluate(
  tree: ReportTree,
  { owners }: BundledReport,
  exports: ReadonlyMap<string, Json>,
  executor: Executor,
  expressions: readonly Expression[],
  compiled: CompiledBodies = new Map(),
): Promise<Expressions> {
  const files = new Map(tree.chapters.map(({ file }) => [file.path, file]))
  const codes = await Promise.all(
    expressions.map(
      async (one) => [one.id, await compileExpression(one, files.get(one.file)!, compiled)] as const,
    ),
  )
  const bodies = new Map(codes.filter((entry): entry is [string, string] => entry[1] !== undefined))
  const claims = expressions.filter(({ id, kind }) => kind === 'claim' && bodies.has(id))
  const run = (some: Bodies, names: readonly string[]) =>
    runBodies(some, taskOf(tree, some, owners, exports, names), executor)
  const results = await run(
    bodies,
    claims.map(({ id }) => id),
  )
  const wrong = claims.filter(({ id }) => isFalse(results.get(id)))
  const failing = await failingSides(wrong, (some) => run(some, []))
  return new Map(
    expressions.map((expression) => {
      const [result, sides] = [results.get(expression.id), failing.get(expression.id)]
      return [expression.id, { expression, result: result && sides ? { ...result, failing: sides } : result }]
    }),
  )
}

function isFalse(result: Evaluated | undefined): boolean {
  return result?.ok === true && !result.isTrue
}

async function runBodies(bodies: Bodies, task: Task, executor: Executor): Promise<Map<string, Evaluated>> {
  if (bodies.size === 0) return new Map()
  const outcome = await executor.run(task, host)
  if (outcome.ok)
    return new Map(Object.entries(outcome.exports.results as unknown as Record<string, Evaluated>))
  const failed: Evaluated = { ok: false, message: outcome.failure.message, read: {} }
  return new Map([...bodies.keys()].map((id) => [id, failed]))
}

const host = { job: () => Promise.reject(new Error('Cannot run a job in a value')), progress() {}, log() {} }

function taskOf(
  tree: ReportTree,
  bodies: Bodies,
  owners: ReadonlyMap<string, string>,
  exports: ReadonlyMap<string, Json>,
  claims: readonly string[],
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
