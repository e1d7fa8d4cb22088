import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from '../../../src/render/assemble/inject.ts'
import { kinds } from '../../../src/render/assemble/registers/fill-register.ts'
import type { CellResult } from '../../../src/render/execute/cell-result.ts'
import type { Evaluated } from '../../../src/render/execute/evaluate.ts'
import { allExpressions } from '../../../src/render/execute/expressions.ts'
import { sha256 } from '../../../src/render/model/digest.ts'
import { Memory } from '../../../src/render/model/memory.ts'
import type { Cell, Output, ReportTree } from '../../../src/render/model/types.ts'
import { cite } from '../../../src/render/page/cite.ts'
import { layPages } from '../../../src/render/page/lay-pages.ts'
import { joinParts, type PageParts } from '../../../src/render/page/page-parts.ts'
import { parse } from '../../../src/render/syntax/parse.ts'
import { readReport } from '../../../src/render/syntax/read-report.ts'

/** A page with all that was told of it, in an order of its own. */
export interface Rendered {
  readonly screen: string
  readonly print: string
  readonly said: readonly string[]
  /** The blocks of a draft of the same report, where there was one. */
  readonly draft?: readonly string[]
  readonly blocks: readonly string[]
}

/**
 * Renders a report as a build does, with results that depend on nothing but the sources of its cells and values.
 *
 * @param memory of earlier updates; then a draft is made first, as a preview does
 */
export async function render(root: string, memory?: Memory): Promise<Rendered> {
  const draft = memory ? await rendered(root, memory, true) : undefined
  const { pages, said } = await rendered(root, memory ?? new Memory(), false)
  return {
    screen: pages.screen,
    print: pages.print,
    said,
    draft: draft && blocksOf(draft.pages, root),
    blocks: blocksOf(pages, root),
  }
}

async function rendered(root: string, memory: Memory, isDraft: boolean) {
  const cache = new Map<string, string>()
  const report = readReport(join(root, 'report.md'), undefined)
  const tree = parse(report, kinds, memory)
  const results = resultsOf(tree)
  const injected = await inject(tree, results, { memory, isDraft, drawings: cache })
  const cited = await cite(injected.chapters, report, { cache, memory })
  const whole = { ...injected, front: report.front, notice: '', chapters: cited.chapters }
  const laid = await layPages(whole, { cache, memory })
  const parts = (isDraft ? laid.draft() : undefined) ?? (await laid.parts())
  const pages = { parts, screen: joinParts(parts), print: await laid.print() }
  const files = [...report.files, ...cited.files]
  const said = files.flatMap((file) => file.messages.map(String)).sort()
  return { pages, said }
}

// Registers depend on everything, and so do the ids that they give to headings: a draft leaves both as they were.
function blocksOf({ parts }: { readonly parts: PageParts }, root: string): string[] {
  const isRegister = ({ file, line }: { readonly file: string; readonly line: number }) =>
    readFileSync(join(root, file), 'utf8').split('\n')[line - 1]!.startsWith('::register')
  return parts.flatMap((part) =>
    typeof part !== 'string' && part.source && !isRegister(part.source)
      ? [part.html.replace(/<h(\d) id="[^"]*"/g, '<h$1')]
      : [],
  )
}

function resultsOf(tree: ReportTree) {
  const cells = new Map(tree.cells.map((cell) => [cell.label, resultOf(cell)]))
  const expressions = new Map(
    allExpressions(tree, cells).map((expression) => {
      const digest = sha256(expression.source)
      const result: Evaluated = expression.source.includes('fail')
        ? { ok: false, message: `${expression.source} is not defined`, read: {} }
        : {
            ...{ ok: true, text: String(Number.parseInt(digest.slice(0, 3), 16)), read: {}, printed: [] },
            isTrue: !digest.startsWith('0'),
          }
      return [expression.id, { expression, result }]
    }),
  )
  return { cells, expressions, jobs: new Map() }
}

function resultOf(cell: Cell): CellResult {
  const { label, source } = cell
  if (source.includes('fail'))
    return { state: 'failed', cell, failure: { kind: 'error', message: 'It failed' } }
  const content = sha256(source)
  const n = Number.parseInt(content.slice(0, 3), 16)
  const caption = `Of ${n}, see @sec-one and \`{ts} n\` by [@kingma].`
  const shown: Output[] = label.startsWith('tbl-')
    ? [
        {
          kind: 'table',
          columns: [{ key: 'a', title: 'A', align: 'right' }],
          rows: [{ a: { text: `${n}`, raw: n } }],
          caption,
        },
      ]
    : label.startsWith('fig-')
      ? [
          {
            kind: 'figure',
            spec: {
              svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>${n}</text></svg>`,
            },
            alt: 'A number',
            caption,
          },
        ]
      : [{ kind: 'prose', markdown: `## Made by ${n}\n\nSee @fig-a[^x] and \`{ts} n\`.\n\n[^x]: A note.` }]
  const provenance = {
    ...{ label, node: '20.0.0', platform: 'linux', cpu: 'a processor' },
    ...{ computedAt: '2024-01-01T00:00:00.000Z', elapsedMs: 1, bytes: 1 },
  }
  const stored = { key: content, parts: {}, content, shown, exports: {}, measured: {}, provenance }
  return { state: 'reused', cell, stored }
}

/** Writes files below a folder. */
export function writeFiles(root: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(root, { recursive: true })
  for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text)
}
