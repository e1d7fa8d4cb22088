import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import type { Element } from 'hast'
import { codeColumns, fitCode, version } from '../../../src/render/page/fit-code.ts'
import { classesOf, h } from '../../../src/render/page/hast.ts'
import { toHtml } from '../../../src/render/page/regions.ts'

const long = `const a = train({ data: params.letters, epochs: params.epochs, batchSize: params.batchSize, seed: 1 })`

/** Gives the text and the classes of a block of code as it is printed. */
async function printed(text: string, language = 'ts', className: string[] = []) {
  const code = h('code', { className: [`language-${language}`] }, [{ type: 'text', value: `${text}\n` }])
  const pre = h('pre', { className }, [code])
  const cache = new Map<string, string>()
  await fitCode({ type: 'root', children: [h('main', {}, [pre])] }, { front: {}, cache })
  const lines = toHtml((pre.children[0] as Element).children).replace(/<[^>]*>/g, '')
  return { lines: lines.trimEnd().split('\n'), classes: classesOf(pre), cache }
}

test('codeColumns should give how many characters a line of print has room for', () => {
  assert.equal(codeColumns({}), 77)
  assert.equal(codeColumns({ fontPt: 10.5, marginsMm: { left: 45, right: 45 } }), 64)
  assert.ok(codeColumns({ columns: 2 }) < 45)
})

test('fitCode should format code whose lines are too long, in the style of its author', async () => {
  const { lines, classes } = await printed(`${long}\nconst b = 'x'`)
  assert.deepEqual(lines, [
    'const a = train({',
    '  data: params.letters,',
    '  epochs: params.epochs,',
    '  batchSize: params.batchSize,',
    '  seed: 1,',
    '})',
    'const b = &#x27;x&#x27;'.replaceAll('&#x27;', "'"),
  ])
  assert.deepEqual(classes, [])
  const comment = await printed(`// ${'a word of a comment '.repeat(6)}`.trim())
  assert.ok(comment.lines.length === 2 && comment.lines.every((line) => /^\/\/ \S.{0,73}$/.test(line)))
  const json = await printed(`{"some": [${'"name of a layer", '.repeat(6)}"last"], "other": 1}`, 'json')
  assert.ok(json.lines.length > 2 && json.lines.every((line) => line.length <= 77))
})

test('fitCode should leave code whose lines fit, and remember what it formatted', async () => {
  const short = await printed('const  a = "as it is";')
  assert.deepEqual(short.lines, ['const  a = "as it is";'])
  assert.equal(short.cache.size, 0)
  const { cache } = await printed(long)
  assert.ok([...cache.values()].some((text) => text.startsWith('const a = train({\n')))
})

test('fitCode should name the version of the formatter in its keys', () => {
  const { version: installed } = createRequire(import.meta.url)('prettier/package.json') as {
    version: string
  }
  assert.ok(version.startsWith(`prettier ${installed} `))
})

test('fitCode should mark lines that stay too long, and keep what it cannot read or must not move', async () => {
  for (const [text, language, ...classes] of [
    [`'${'a word of a text '.repeat(6)}'`, 'ts'],
    [`${long} ... and so on`, 'ts'],
    [`x = f(${'argument, '.repeat(12)}1)`, 'python'],
    [long, 'ts', 'weft-with-marks'],
  ] as const) {
    const found = await printed(text, language, [...classes])
    assert.deepEqual(found.lines, [text])
    assert.ok(found.classes.includes('weft-long'), text)
  }
})
