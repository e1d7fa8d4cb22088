import type { BundledReport } from '../bundle/bundle-report.ts'
import { type CompiledBodies, compileExpression } from '../bundle/compile-expression.ts'
import type { Executor, Expression, Json, ReportTree, Task } from '../model/types.ts'
import { languageAt } from '../syntax/language-at.ts'
import type { Evaluated } from '../worker/evaluated.ts'
import { failingSides } from './failing-sides.ts'
import { type Readable, rememberValues, type ValueMemory, wordsOf } from './remember-values.ts'

export type { Evaluated, Failing } from '../worker/evaluated.ts'

/** A value or a claim, and what it came to; undefined for one that is no expression, which has its message. */
export interface Expressed {
  readonly expression: Expression
  readonly result: Evaluated | undefined
  /** BCP 47 tag of the language that it is printed in, if not English. */
  readonly lang?: string
}

/** Values and claims by their ids: those of the chapters as they are read, then those of outputs and captions. */
export type Expressions = ReadonlyMap<string, Expressed>

// Code by the id of its expression.
type Bodies = ReadonlyMap<string, string>

const timeoutMs = 30_000

export interface EvaluateOptions {
  readonly executor: Executor
  readonly signal?: AbortSignal
  /** Remembers compiled expressions. */
  readonly compiled?: CompiledBodies
  /** Remembers results from build to build. */
  readonly memory?: ValueMemory
}

/**
 * Evaluates all values and claims of a report together, after the last cell. One is evaluated again only if something
 * that it may read has changed.
 *
 * @param expressions Those of the chapters, and of what cells show.
 */
export async function evaluate(
  tree: ReportTree,
  { owners }: BundledReport,
  exports: ReadonlyMap<string, Json>,
  expressions: readonly Expression[],
  { executor, signal, compiled = new Map(), memory }: EvaluateOptions,
): Promise<Expressions> {
  const names = [...owners.keys()]
  const languages = languagesOf(expressions, tree)
  const remembered = rememberValues({ params: tree.report.params, names, exports, languages }, memory)
  const results = new Map<string, Evaluated | undefined>()
  for (const one of expressions) results.set(one.id, remembered.get(one))
  const open = expressions.filter(({ id }) => results.get(id) === undefined)
  const bodies = await compile(open, tree, compiled)
  const claims = open.filter(({ id, kind }) => kind === 'claim' && bodies.has(id))
  const run = (some: Bodies, noisy: readonly string[]) =>
    runBodies(some, taskOf(some, { params: tree.report.params, names, exports, languages }, noisy), {
      executor,
      signal,
    })
  const found = await run(
    bodies,
    claims.map(({ id }) => id),
  )
  const wrong = claims.filter(({ id }) => isFalse(found.get(id)))
  const failing = await failingSides(wrong, (some) => run(some, []))
  for (const one of open) {
    const [result, sides] = [found.get(one.id), failing.get(one.id)]
    results.set(one.id, result?.ok && sides ? { ...result, failing: sides } : result)
  }
  for (const one of expressions) {
    const result = results.get(one.id)
    if (result) remembered.keep(one, result)
  }
  return new Map(
    expressions.map((one) => {
      const lang = languages.get(one.id)
      return [one.id, { expression: one, result: results.get(one.id), ...(lang !== undefined && { lang }) }]
    }),
  )
}

// Those that are not in English, in which all printing starts.
function languagesOf(expressions: readonly Expression[], tree: ReportTree): Map<string, string> {
  return new Map(
    expressions
      .map((expression) => [expression.id, languageAt(tree, expression)] as const)
      .filter(([, lang]) => lang !== 'en'),
  )
}

async function compile(
  expressions: readonly Expression[],
  tree: ReportTree,
  compiled: CompiledBodies,
): Promise<Bodies> {
  const files = new Map(tree.chapters.map(({ file }) => [file.path, file]))
  const codes = await Promise.all(
    expressions.map(
      async (one) => [one.id, await compileExpression(one, files.get(one.file)!, compiled)] as const,
    ),
  )
  return new Map(codes.filter((entry): entry is [string, string] => entry[1] !== undefined))
}

function isFalse(result: Evaluated | undefined): boolean {
  return result?.ok === true && !result.isTrue
}

async function runBodies(
  bodies: Bodies,
  task: Task,
  { executor, signal }: Pick<EvaluateOptions, 'executor' | 'signal'>,
): Promise<Map<string, Evaluated>> {
  if (bodies.size === 0) return new Map()
  const outcome = await executor.run(task, host, signal)
  if (outcome.ok)
    return new Map(Object.entries(outcome.exports.results as unknown as Record<string, Evaluated>))
  const failed: Evaluated = { ok: false, message: outcome.failure.message, read: {} }
  return new Map([...bodies.keys()].map((id) => [id, failed]))
}

const host = { job: () => Promise.reject(new Error('Cannot run a job in a value')), progress() {}, log() {} }

function taskOf(
  bodies: Bodies,
  { params, names, exports, languages }: Readable,
  claims: readonly string[],
): Task {
  // Only what some expression may name travels: exports can be large.
  const words = wordsOf(bodies.values())
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
      params: JSON.stringify(params),
      names: JSON.stringify(names),
      bodies: JSON.stringify(Object.fromEntries(bodies)),
      claims: JSON.stringify(claims),
      languages: JSON.stringify(Object.fromEntries(languages)),
    },
  }
}
