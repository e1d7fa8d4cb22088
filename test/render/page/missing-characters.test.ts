import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withPosition } from '../../../src/render/model/element.ts'
import type { Position, RenderedReport } from '../../../src/render/model/types.ts'
import { element, renderedOf, text, toHtml } from './rendered-of.ts'

const cell: Position = { start: { line: 40, column: 1 }, end: { line: 44, column: 4 } }
const made = (...nodes: unknown[]) => withPosition(nodes as { type: string }[], cell)

async function saidOf(rendered: RenderedReport): Promise<string[]> {
  await toHtml(rendered)
  return rendered.chapters.flatMap(({ file }) =>
    file.messages.map(({ line, column, reason }) => `${file.stem}:${line}:${column} ${reason}`),
  )
}

test('reportMissingCharacters should warn where a character stands in prose, headings, lists and code', async () => {
  const said = await saidOf(
    renderedOf([
      'plain',
      '# 日\n\nplain *and 月*\n\n- 火\n\n`水`\n\n```ts\nconst a = "木"\n```\n\nA.[^1]\n\n[^1]: 土',
    ]),
  )
  assert.deepEqual(
    said.map((message) => message.replace(', no font of the page has it', '')),
    [
      'chapter-1:15:7 Cannot embed `土` (U+571F)',
      'chapter-1:1:3 Cannot embed `日` (U+65E5)',
      'chapter-1:3:8 Cannot embed `月` (U+6708)',
      'chapter-1:9:1 Cannot embed `木` (U+6728)',
      'chapter-1:7:1 Cannot embed `水` (U+6C34)',
      'chapter-1:5:3 Cannot embed `火` (U+706B)',
    ],
  )
})

test('reportMissingCharacters should warn at the cell whose table, caption or figure has a character', async () => {
  const table = element('figure', { className: ['weft-table'] }, [
    element('figcaption', {}, [{ ...text('月'), position: { start: { line: 1, column: 1 } } }]),
    element('table', {}, [element('tr', {}, [element('td', {}, [text('日')])])]),
  ])
  const svg = { type: 'html', value: '<svg aria-label="木"><text>&#x706B; loss</text><text>水</text></svg>' }
  const nodes = { TABLE: made(table), FIGURE: made(element('figure', {}, [svg])) }
  const said = await saidOf(renderedOf(['TABLE\n\nFIGURE'], { nodes }))
  assert.deepEqual(
    said.map((message) => message.slice(0, message.indexOf(' ('))),
    ['日', '月', '水', '火'].map((character) => `chapter-0:40:1 Cannot embed \`${character}\``),
  )
})

test('reportMissingCharacters should know the cut: what the text has and code lacks is missing in code', async () => {
  assert.deepEqual(await saidOf(renderedOf(['₿'])), [])
  assert.deepEqual(await saidOf(renderedOf(['₿\n\n`₿`'])), [
    'chapter-0:3:1 Cannot embed `₿` (U+20BF), no font of the page has it',
  ])
})

test('reportMissingCharacters should name one font for a text in a script, for Japanese with its Chinese signs', async () => {
  const advice = (name: string) =>
    `run \`npm install @fontsource/${name}\` and write \`fonts: [${name}]\` in the front matter`
  const missing = 'no font of the page has them'
  assert.deepEqual(await saidOf(renderedOf(['報告書の図と表は、ノートにある。'])), [
    `chapter-0:1:1 Cannot embed \`報\` and 15 more letters of its script, ${missing}: ${advice('noto-sans-jp')}`,
  ])
  assert.deepEqual(await saidOf(renderedOf(['神经网络的训练与比较。'])), [
    `chapter-0:1:1 Cannot embed \`神\` and 10 more letters of its script, ${missing}: ${advice('noto-sans-sc')}`,
  ])
})

test('reportMissingCharacters should find the front matter for what stands in no chapter', async () => {
  const rendered = renderedOf(['x'], {
    front: { title: 'Nets', author: [{ name: '山田', affiliations: [] }] },
  })
  rendered.chapters[0]!.file.value = '---\ntitle: Nets\nauthor: 山田\n---\n\nx'
  assert.deepEqual(
    (await saidOf(rendered)).map((message) => message.slice(0, 15)),
    ['chapter-0:3:9 C', 'chapter-0:3:10 '],
  )
})

test('reportMissingCharacters should name three places of a character, and count the others', async () => {
  const said = await saidOf(renderedOf(['日\n\n日\n\n日\n\n日 *日*']))
  assert.deepEqual(
    said.map((message) => message.slice(0, 13)),
    ['chapter-0:1:1', 'chapter-0:3:1', 'chapter-0:5:1'],
  )
  assert.match(said[2]!, /`日` \(U\+65E5\) here and in 2 further places, no font/)
  assert.doesNotMatch(said[1]!, /further/)
})

test('reportMissingCharacters should advise a formula for a sign of mathematics', async () => {
  const [said] = await saidOf(renderedOf(['a ⨌ b']))
  assert.match(said!, /`⨌` \(U\+2A0C\), no font of the page has it: write it in a formula/)
})

test('reportMissingCharacters should not mind joiners, marks and spaces of any width', async () => {
  assert.deepEqual(await saidOf(renderedOf(['a\u200d b\ufe0f c\u2007d\u3000e'])), [])
})
