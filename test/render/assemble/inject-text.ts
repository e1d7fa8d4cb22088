import type { Root } from 'mdast'
import rehypeStringify from 'rehype-stringify'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { type Injected, inject } from '../../../src/render/assemble/inject.ts'
import type { CellResult } from '../../../src/render/execute/cell-result.ts'
import type { Evaluated, Expressions } from '../../../src/render/execute/evaluate.ts'
import { allExpressions } from '../../../src/render/execute/expressions.ts'
import type { Cell, Expression, Json, Output, StoredResult } from '../../../src/render/model/types.ts'
import type { Drawings } from '../../../src/render/output/draw/draw-once.ts'
import { messagesOf } from '../execute/build-project.ts'
import type { Files } from '../execute/temporary-project.ts'
import { parseText } from '../syntax/parse-text.ts'

/** The results that a test supplies for a report that has not run. */
export interface Given {
  /** Label -> outcome of the cell; by default the cell succeeds and shows nothing. */
  readonly cells?: Readonly<Record<string, Outcome>>
  /** Source of a value or claim -> its text, or more; an expression that is not listed has no result. */
  readonly values?: Readonly<Record<string, string | Partial<Evaluated>>>
  readonly drawings?: Drawings
  readonly front?: Readonly<Record<string, unknown>>
  readonly files?: Files
}

/** The outputs of a cell, or another outcome. */
export type Outcome = readonly Output[] | OtherOutcome

/** The state of a cell, with its details; `shown` and `exports` belong to its stored result. */
export interface OtherOutcome {
  readonly state: CellResult['state']
  readonly shown?: readonly Output[]
  readonly exports?: Readonly<Record<string, Json>>
  readonly bytes?: number
  readonly failure?: {
    readonly message: string
    readonly kind: 'error' | 'not-json'
    readonly stack?: string
  }
  readonly needs?: string
  readonly owner?: string
  readonly reason?: string
}

export interface InjectedText {
  /** The markup of each chapter, without the ids of its values. */
  readonly html: readonly string[]
  /** The ids of values and claims on the page, in order. */
  readonly ids: readonly string[]
  readonly said: readonly string[]
  readonly injected: Injected
}

type Test = Parameters<typeof parseText>[0]

/** Injects given results into a report of one Markdown text, and gives its markup. */
export async function injectText(test: Test, body: string, given: Given = {}): Promise<InjectedText> {
  const { tree } = parseText(test, body, given.front, given.files)
  const cells = new Map(
    tree.cells.map((cell) => [cell.label, resultOf(cell, given.cells?.[cell.label] ?? [])]),
  )
  const before = structuredClone(tree.chapters.map((chapter) => chapter.tree))
  const expressions = expressedAs(allExpressions(tree, cells), given.values ?? {})
  const injected = await inject(tree, { cells, expressions, jobs: new Map() }, { drawings: given.drawings })
  if (JSON.stringify(before) !== JSON.stringify(tree.chapters.map((chapter) => chapter.tree)))
    throw new Error('Unexpected change of the trees that were given, expected new ones')
  const html = await Promise.all(injected.chapters.map((chapter) => htmlOf(chapter.tree)))
  return {
    html: html.map((one) => one.replaceAll(/ data-value="[^"]*"/g, '')),
    ids: html.flatMap((one) => [...one.matchAll(/ data-value="([^"]*)"/g)].map(([, id]) => id!)),
    said: messagesOf(tree.report.files),
    injected,
  }
}

function expressedAs(expressions: readonly Expression[], given: NonNullable<Given['values']>): Expressions {
  const usual = { ok: true, text: 'true', isTrue: true, read: {}, printed: [] }
  return new Map(
    expressions.map((expression) => {
      const value = given[expression.source]
      const some = typeof value === 'string' ? { text: value } : value
      const result = some && ({ ...usual, ...some } as Evaluated)
      return [expression.id, { expression, result }]
    }),
  )
}

function resultOf(cell: Cell, outcome: Outcome): CellResult {
  const other: OtherOutcome = 'state' in outcome ? outcome : { state: 'reused', shown: outcome }
  const { shown, exports, bytes, ...rest } = other
  if (['failed', 'skipped', 'unevaluated'].includes(other.state)) return { cell, ...rest } as CellResult
  const isLost = other.state === 'stale' && shown === undefined
  return { cell, stored: isLost ? undefined : storedOf(cell, other), ...rest } as CellResult
}

function storedOf({ label }: Cell, { shown = [], exports = {}, bytes = 0 }: OtherOutcome): StoredResult {
  const [node, platform, cpu] = ['20.0.0', 'linux', 'a processor']
  const provenance = {
    label,
    node,
    platform,
    cpu,
    computedAt: '2024-01-01T00:00:00.000Z',
    elapsedMs: 1,
    bytes,
  }
  return { key: '0', parts: {}, content: '0', shown, exports, measured: {}, provenance }
}

async function htmlOf(tree: Root): Promise<string> {
  const processor = unified()
    .use(remarkRehype, { allowDangerousHtml: true })
    .use(rehypeStringify, { allowDangerousHtml: true })
  return processor.stringify(await processor.run(tree))
}
