import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { growthOf } from '../../bench/scale/growth.ts'
import { edits, writeLargeReport } from '../../bench/scale/large-report.ts'

const points = (...seconds: [number, number, number]) =>
  [100, 200, 400].map((size, index) => ({ size, seconds: seconds[index]! })) as unknown as Parameters<
    typeof growthOf
  >[0]

test('a cost with a fixed part is linear, one that grows with the square is not', () => {
  assert.deepEqual(growthOf(points(2, 3, 5)), { smallMs: 10, largeMs: 10, isLinear: true })
  assert.equal(growthOf(points(1, 4, 16)).isLinear, false)
  assert.equal(growthOf(points(1, 1.001, 1.02)).isLinear, true)
})

test('a large report has the cells, figures, tables and edits that were asked for', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'weft-scale-'))
  context.after(() => rmSync(folder, { recursive: true }))
  writeLargeReport(folder, { cells: 60, figures: 12, jobs: 5 })
  const chapters = ['chapter-1.md', 'chapter-2.md'].map((name) => readFileSync(join(folder, name), 'utf8'))
  const count = (word: RegExp) => chapters.join('').match(word)?.length
  assert.equal(count(/^```ts exec #/gm), 60)
  assert.equal(count(/^```ts exec #fig-/gm), 12)
  assert.equal(count(/^```ts exec #tbl-/gm), 12)
  for (const { from } of Object.values(edits)) assert.ok(chapters[0]!.includes(from), from)
  assert.match(readFileSync(join(folder, 'report.md'), 'utf8'), /length: 5 \}/)
})
