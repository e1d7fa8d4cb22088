import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { weftHere } from '../cli/weft-here.ts'
import { temporaryProject } from '../render/execute/temporary-project.ts'

test('a report that is split should have a page a chapter, and one PDF', async (t) => {
  const folder = temporaryProject(t, {
    'report.md':
      '---\ntitle: Parts\nsplit: chapters\nchapters: [one.md]\nbibliography: all.bib\n---\n\nIt is `{ts} sum` (@sec-one).\n',
    'one.md':
      '# One {#sec-one}\n\n```ts exec #sum\nexport const sum = [1, 2].length\n```\n\nAs said before [@doe].\n',
    'all.bib': '@book{doe, author = {Doe, J.}, title = {All}, publisher = {P}, year = {2001}}\n',
    'dist/mine.html': 'mine',
  })
  const files = () => readdirSync(join(folder, 'dist')).filter((name) => /\.(html|js|pdf)$/.test(name))
  const read = (name: string) => readFileSync(join(folder, 'dist', name), 'utf8')
  const split = await weftHere(folder, ['build'])
  assert.equal(split.code, 0, split.stderr)
  assert.deepEqual(files(), [
    'index.html',
    'mine.html',
    'one.html',
    'references.html',
    'report.pdf',
    'search-index.js',
  ])
  assert.match(read('index.html'), /It is <[^>]*>2<\/[^>]*> \(<a [^>]*href="one\.html#sec-one"[^>]*>Section/)
  assert.match(read('one.html'), /href="references\.html#ref-doe"/)
  assert.match(read('references.html'), /id="ref-doe"/)
  assert.ok('one.html' in JSON.parse(read('report.digests.json')))

  const report = readFileSync(join(folder, 'report.md'), 'utf8')
  writeFileSync(join(folder, 'report.md'), report.replace('split: chapters\n', ''))
  assert.equal((await weftHere(folder, ['build'])).code, 0)
  assert.deepEqual(files(), ['mine.html', 'report.html', 'report.pdf'])
})

test('split should take nothing but chapters', async (t) => {
  const folder = temporaryProject(t, { 'report.md': '---\ntitle: Parts\nsplit: true\n---\n' })
  const { code, stderr } = await weftHere(folder, ['build'])
  assert.equal(code, 1)
  assert.match(
    stderr,
    /3:1 +error +Unexpected `split`, expected `chapters` for one HTML page a chapter, or nothing, found true/,
  )
})
