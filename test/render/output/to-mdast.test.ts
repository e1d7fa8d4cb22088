import assert from 'node:assert/strict'
import test from 'node:test'
import type { Root, RootContent } from 'mdast'
import rehypeStringify from 'rehype-stringify'
import remarkMath from 'remark-math'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { figure, markdown, table } from '../../../src/render/output/index.ts'
import { type OutputContext, outputToMdast } from '../../../src/render/output/to-mdast.ts'
import type { Output } from '../../../src/render/types.ts'

const parser = unified().use(remarkParse).use(remarkMath)
const parseMarkdown = (text: string): RootContent[] => parser.parse(text).children

const bar = {
  mark: 'bar',
  data: { values: [{ a: 1 }] },
  encoding: { x: { field: 'a', type: 'quantitative' } },
}
const rows = [
  { name: 'SGD', a: 0.5 },
  { name: 'Adam', a: 0.75 },
]

async function html(output: Output, context: Partial<OutputContext> = {}): Promise<string> {
  const children = await outputToMdast(output, { id: 'x', parseMarkdown, ...context })
  const processor = unified()
    .use(remarkRehype, { allowDangerousHtml: true })
    .use(rehypeStringify, { allowDangerousHtml: true })
  const tree: Root = { type: 'root', children }
  return processor.stringify(await processor.run(tree)).replace(/\n/g, '')
}

test('outputToMdast should set a figure with its number and caption', async () => {
  const drawings: string[] = []
  const page = await html(figure(bar, { alt: 'A bar.', caption: 'Where $x$ is *one*.' }), {
    id: 'fig-x',
    number: 'Figure 1',
    figureSvg: (svg) => drawings.push(svg),
  })
  assert.equal(drawings.length, 1)
  assert.match(drawings[0]!, /^<svg role="img" aria-label="A bar\."/)
  assert.equal(
    page,
    `<figure class="weft-figure" id="fig-x">${drawings[0]}<figcaption><span class="weft-number">Figure 1.</span> Where <code class="language-math math-inline">x</code> is <em>one</em>.</figcaption></figure>`,
  )
})

test('outputToMdast should leave out a caption that has nothing in it', async () => {
  assert.match(await html(figure(bar, { alt: 'A' })), /<\/svg><\/figure>$/)
  assert.match(
    await html(figure(bar, { alt: 'A' }), { number: 'Figure 2' }),
    /<figcaption><span class="weft-number">Figure 2\.<\/span><\/figcaption>/,
  )
  assert.match(
    await html(figure(bar, { alt: 'A' }), { caption: 'Of the fence.' }),
    /<figcaption>Of the fence\.<\/figcaption>/,
  )
})

test('outputToMdast should keep further paragraphs of a caption', async () => {
  const page = await html(table(rows, { caption: 'One.\n\nTwo.' }), { number: 'Table 1' })
  assert.match(
    page,
    /<figcaption><span class="weft-number">Table 1\.<\/span> One\.<p>Two\.<\/p><\/figcaption><table>/,
  )
})

test('outputToMdast should refuse a second caption', async () => {
  await assert.rejects(html(table(rows, { caption: 'Mine' }), { caption: 'Its' }), {
    message: 'Unexpected second caption, expected one: "Mine" of the output or "Its" of the fence',
  })
})

test('outputToMdast should set a table', async () => {
  assert.equal(
    await html(table(rows, { columns: { name: '**Optimizer**', a: 'Accuracy' }, format: { a: 'percent' } }), {
      id: 'tbl-x',
    }),
    '<figure class="weft-table" id="tbl-x"><table>' +
      '<thead><tr><th scope="col" class="align-left"><strong>Optimizer</strong></th><th scope="col" class="align-right">Accuracy</th></tr></thead>' +
      '<tbody><tr><th scope="row" class="align-left">SGD</th><td class="align-right">50.0\u00a0%</td></tr>' +
      '<tr><th scope="row" class="align-left">Adam</th><td class="align-right">75.0\u00a0%</td></tr></tbody></table></figure>',
  )
})

test('outputToMdast should head rows only by texts that tell them apart', async () => {
  const isHeaded = async (data: object[]) => /scope="row"/.test(await html(table(data)))
  assert.equal(
    await isHeaded([
      { a: 'x', b: 1 },
      { a: 'x', b: 2 },
    ]),
    false,
  )
  assert.equal(await isHeaded([{ a: 1, b: 1 }]), false)
  assert.equal(await isHeaded([{ a: 'x' }]), false)
})

test('outputToMdast should take cells for text, and titles that are no line of Markdown too', async () => {
  const page = await html(table([{ a: '*<b>*' }], { columns: { a: '# seeds' } }))
  assert.match(page, /<td class="align-left">\*&#x3C;b>\*<\/td>/)
  assert.match(page, /<th scope="col" class="align-left"># seeds<\/th>/)
})

test('outputToMdast should read prose in place, and set scalars as paragraphs', async () => {
  assert.equal(await html(markdown('*so*\n\n- it')), '<p><em>so</em></p><ul><li>it</li></ul>')
  assert.equal(await html({ kind: 'scalar', text: '12,000', raw: 12_000 }), '<p>12,000</p>')
})
