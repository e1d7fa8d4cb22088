import assert from 'node:assert/strict'
import test from 'node:test'
import type { Output } from '../../../src/render/model/types.ts'
import type { Run } from '../../../src/render/pipeline/stages.ts'
import { reportCell } from '../../../src/render/preview/cell-text.ts'

const lastOf = (result: object) =>
  ({ run: { cells: new Map([['a', result]]) } as unknown as Run }) as Parameters<typeof reportCell>[1]

test('reportCell should say in words what a cell shows, for each kind of output', () => {
  const shown: Output[] = [
    { kind: 'scalar', text: '3', raw: 3 },
    { kind: 'prose', markdown: '*words*' },
    { kind: 'figure', spec: {}, alt: 'A rising line.' },
    {
      kind: 'table',
      columns: [
        { key: 'x', title: 'X', align: 'right' },
        { key: 'y', title: 'Y', align: 'left' },
      ],
      rows: [{ x: { text: '1', raw: 1 }, y: { text: 'one', raw: 'one' } }],
    },
  ]
  const stored = { shown, provenance: { elapsedMs: 7 } }
  const report = reportCell('a', lastOf({ state: 'reused', stored }), new Map())!
  assert.deepEqual([report.state, report.elapsedMs], ['done', 7])
  assert.match(
    report.text,
    /^3\n\n\*words\*\n\nFigure: A rising line\.\n\n[\s\S]*X[\s\S]*Y\n[\s\S]*1[\s\S]*one/,
  )
})

test('reportCell should give the failure of a cell, its state in a preview, and nothing for another label', () => {
  const failed = { state: 'failed', failure: { kind: 'error', message: 'no luck' } }
  assert.deepEqual(reportCell('a', lastOf(failed), new Map()), { state: 'failed', text: 'no luck' })
  const running = new Map([['a', { state: 'running' }]]) as Parameters<typeof reportCell>[2]
  assert.equal(reportCell('a', lastOf({ state: 'stale' }), running)!.state, 'running')
  assert.equal(reportCell('a', lastOf({ state: 'stale' }), new Map())!.state, 'stale')
  assert.equal(reportCell('b', lastOf(failed), new Map()), undefined)
})
