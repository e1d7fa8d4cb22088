import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { PNG } from 'pngjs'
import { comparePages, keptPages, writePages } from './kept-pages.ts'

function page(gray: number): Buffer {
  const png = new PNG({ width: 10, height: 10 })
  png.data.fill(255)
  png.data.fill(gray, 0, 40)
  return PNG.sync.write(png)
}

function folderOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'weft-test-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}

test('comparePages should accept pages that equal the kept ones', (t) => {
  const folder = folderOf(t)
  writePages(folder, [page(0), page(100)])
  assert.deepEqual(
    keptPages(folder).map(({ number }) => number),
    [1, 2],
  )
  assert.deepEqual(comparePages(folder, [page(0), page(100)], 0), [])
  assert.deepEqual(readdirSync(folder), ['expected-1.png', 'expected-2.png'])
})

test('comparePages should write a changed page and its differences, and remove them when it is right again', (t) => {
  const folder = folderOf(t)
  writePages(folder, [page(0), page(100)])
  assert.deepEqual(comparePages(folder, [page(0), page(200)], 0.05), [
    'expected-2.png: 10.00 % of its pixels differ, more than 5.00 %',
  ])
  assert.deepEqual(readdirSync(folder).sort(), [
    'expected-1.png',
    'expected-2.png',
    'expected-changed.2.diff.png',
    'expected-changed.2.png',
  ])
  assert.deepEqual(comparePages(folder, [page(0), page(200)], 0.1), [])
  assert.deepEqual(readdirSync(folder), ['expected-1.png', 'expected-2.png'])
})

test('comparePages should report a missing picture and a missing page', (t) => {
  const folder = folderOf(t)
  assert.deepEqual(comparePages(folder, [page(0)], 0), ['expected-1.png: there is none'])
  assert.deepEqual(readdirSync(folder), ['expected-changed.1.png'])
  writePages(folder, [page(0), page(1)])
  assert.deepEqual(comparePages(folder, [page(0)], 0), ['expected-2.png: there is no such page'])
  writePages(folder, [page(0)])
  assert.deepEqual(comparePages(folder, [page(0)], 0), [])
})
