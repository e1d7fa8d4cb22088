import assert from 'node:assert/strict'
import { dirname, join, relative } from 'node:path'
import test from 'node:test'
import { pathsOf } from '../../../src/render/model/paths.ts'
import type { Program, Run } from '../../../src/render/pipeline/stages.ts'
import { watchedFiles } from '../../../src/render/preview/watched-files.ts'
import { parseText } from '../syntax/parse-text.ts'

test('watchedFiles should list what a cell without code imports, and what a failed one has read', (t) => {
  const cells = [
    "```ts exec #lacking\nimport { a } from '../outside/a'\nawait import('./b.ts')\n```",
    '```ts exec #failed\nthrow new Error()\n```',
  ]
  const { tree } = parseText(t, cells.join('\n\n'))
  const { report } = tree
  const [, cell] = tree.cells
  const failure = { kind: 'error', message: 'no', reads: { 'data/absent.csv': null } } as const
  const program = { source: { report, tree }, cells: new Map([['failed', { inputs: {} }]]) }
  const run = { cells: new Map([['failed', { state: 'failed', cell, failure }]]), jobs: new Map() }
  const paths = pathsOf(join(report.folder, 'report.md'))
  const { files } = watchedFiles(paths, program as unknown as Program, run as unknown as Run, {})
  const named = files.map((file) => relative(dirname(paths.source), file))
  for (const wanted of ['../outside/a.ts', '../outside/a/index.ts', 'b.ts', 'data/absent.csv'])
    assert.ok(named.includes(wanted), `${wanted} in ${named.join(' ')}`)
})
