import assert from 'node:assert/strict'
import test from 'node:test'
import type { Report } from '../../../src/render/model/types.ts'
import type { CellOrigin } from '../../../src/render/provenance/gather-origins.ts'
import { draftRecord } from '../../../src/render/provenance/record.ts'

const digest = 'ab'.repeat(32)

function originOf(label: string, files: CellOrigin['files']): [string, CellOrigin] {
  const cell = { label, file: 'report.md', position: { start: { line: 1, column: 1 } } }
  const stored = { key: label, parts: {}, provenance: {} }
  return [
    label,
    { cell, stored, needs: [], jobs: [], params: [], dataSets: [], files } as unknown as CellOrigin,
  ]
}

test('a record should have the digest of a file even if another cell only checked that it exists', () => {
  const report = { front: { title: 'A' }, profile: 'full', params: {}, root: '/' } as unknown as Report
  const one = originOf('one', { 'a.csv': digest, 'b.csv': 'present' })
  const two = originOf('two', { 'a.csv': 'present', 'b.csv': digest, 'c.csv': 'absent' })
  for (const cells of [
    [one, two],
    [two, one],
  ]) {
    const origins = { cells: new Map(cells), jobs: new Map(), owners: new Map(), dataSets: [] }
    const { files } = draftRecord({ report, origins, shown: [], dependencies: [] })
    assert.deepEqual(files, { 'a.csv': digest, 'b.csv': digest, 'c.csv': 'absent' })
    assert.deepEqual(Object.keys(files), ['a.csv', 'b.csv', 'c.csv'])
  }
})
