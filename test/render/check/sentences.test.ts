import assert from 'node:assert/strict'
import test from 'node:test'
import { kinds } from '../../../src/render/assemble/registers/fill-register.ts'
import { around, sentencesOf } from '../../../src/render/check/sentences.ts'
import { parse } from '../../../src/render/syntax/parse.ts'
import { readReport } from '../../../src/render/syntax/read-report.ts'
import { reportOf, temporaryProject } from '../execute/temporary-project.ts'

function sentences(t: Parameters<typeof temporaryProject>[0], body: string, texts: readonly string[]) {
  const root = temporaryProject(t, { 'report.md': reportOf(body, { params: { full: {} } }) })
  const tree = parse(readReport(`${root}/report.md`, undefined), kinds)
  const ids = tree.expressions.map(({ id }) => id)
  return [...sentencesOf(tree, (id) => texts[ids.indexOf(id)])].map(([, text]) => text)
}

test('sentencesOf should give the prose around values and claims, with the texts of values', (t) => {
  const body = `
# About \`{ts} a\` {#sec-a}

It is *quite \`{ts} b\`* here, and :claim[\`{ts} c\` is
most]{that='c > b'}.

| x |
| - |
| \`{ts} d\` |
`
  const texts = sentences(t, body, ['1', '2', 'true', '3', '4'])
  assert.equal(texts.length, 5)
  assert.deepEqual(new Set(texts), new Set(['4', 'About 1', 'It is quite 2 here, and 3 is most.']))
})

test('sentencesOf should show the expression of a value without a text', (t) => {
  assert.deepEqual(sentences(t, '\nIt is `{ts} a + b`.\n', []), ['It is [a + b].'])
})

test('around should cut a text between words to about sixty characters, and keep the part whole', () => {
  const words = Array.from({ length: 40 }, (_, index) => `word${index}`).join(' ')
  const start = words.indexOf('word20')
  const text = around(words, { start, end: start + 6 })
  assert.match(text, /^…word\d+ .* word20 .* word\d+…$/)
  assert.ok(text.length <= 62, `${text.length}`)
  assert.equal(around('short text', { start: 0, end: 5 }), 'short text')
  assert.match(around(words, { start: 0, end: 5 }), /^word0 word1 .*…$/)
  assert.match(around(words, { start: words.length - 6, end: words.length }), /^….* word39$/)
  const long = around(words, { start: 0, end: words.length })
  assert.ok(long.length <= 61 && long.startsWith('word0 word1') && long.endsWith('…'), long)
  const single = 'x'.repeat(200)
  assert.ok(around(`a ${single} b`, { start: 2, end: 202 }).includes('xxx'))
})
