import assert from 'node:assert/strict'
import test from 'node:test'
import type { Root, RootContent } from 'mdast'
import rehypeStringify from 'rehype-stringify'
import remarkMath from 'remark-math'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import type { Output } from '../../../../src/render/model/types.ts'
import type { OutputContext } from '../../../../src/render/output/draw/context.ts'
import { outputToMdast } from '../../../../src/render/output/draw/to-mdast.ts'
import { figure, markdown, table } from '../../../../src/render/output/index.ts'

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
    number: 'Figure 1.',
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
    await html(figure(bar, { alt: 'A' }), { number: 'Figure 2.' }),
    /<figcaption><span class="weft-number">Figure 2\.<\/span><\/figcaption>/,
  )
  assert.match(
    await html(figure(bar, { alt: 'A' }), { caption: 'Of the fence.' }),
    /<figcaption>Of the fence\.<\/figcaption>/,
  )
})

test('outputToMdast should keep further paragraphs of a caption', async () => {
  const page = await html(table(rows, { caption: 'One.\n\nTwo.' }), { number: 'Table 1.' })
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
      '<tbody><tr><th scope="row" class="align-left">SGD</th><td class="align-right weft-numeric">50.0\u00a0%</td></tr>' +
      '<tr><th scope="row" class="align-left">Adam</th><td class="align-right weft-numeric">75.0\u00a0%</td></tr></tbody></table></figure>',
  )
})

test('outputToMdast should leave room such that points stand below each other, and keep the texts', async () => {
  const spread = { mean: 96.4, std: 12.5, n: 3, min: 80, max: 99 }
  const rows = [{ a: spread }, { a: { ...spread, std: 0.5 } }, { a: 8 }, { a: null }]
  const page = await html(table(rows, { format: { a: 1 } }))
  const cells = [...page.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell]) => cell!.replaceAll('\u00a0', ' '))
  assert.deepEqual(cells, [
    '96.4 ± 12.5',
    '96.4 ± <span class="weft-pad" data-pad="1"></span>0.5',
    '8.0<span class="weft-pad" data-pad=" ± 12.5"></span>',
    '–',
  ])
})

test('outputToMdast should mark the best for the eye and the ear, and say so in a caption', async () => {
  const best = table(rows, { columns: ['a'], best: { a: 'max' }, caption: 'Mine.' })
  const page = await html(best, { number: 'Table 1.' })
  assert.match(
    page,
    /<td class="align-right weft-numeric"><strong class="weft-best">0\.75<\/strong><span class="weft-screen sr-only"> \(best\)<\/span><\/td>/,
  )
  assert.match(page, /Mine\. <span class="weft-note">Best values in bold\.<\/span><\/figcaption>/)
  assert.doesNotMatch(await html(best), /0\.50<\/strong>/)
  assert.doesNotMatch(await html(table(rows, { caption: 'Mine.' })), /weft-best|weft-note/)
  assert.doesNotMatch(await html({ ...best, caption: undefined } as Output), /figcaption/)
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
  assert.equal(await html({ kind: 'scalar', text: '12,000', raw: 12_000 }), '<p data-output="x">12,000</p>')
})

test('outputToMdast should show HTML in captions and headings as it is written, and that of prose as HTML', async () => {
  const breakout = 'A </figcaption></figure><script>alert(1)</script>'
  for (const context of [{}, { caption: breakout }]) {
    const caption = 'caption' in context ? undefined : `${breakout} *so <b>b</b>*`
    const page = await html(table([{ a: 1 }], { caption, columns: { a: 'a<br>b' } }), context)
    assert.match(page, /<figcaption>A &#x3C;\/figcaption>&#x3C;\/figure>&#x3C;script>alert\(1\)/)
    assert.match(page, /<th [^>]*>a&#x3C;br>b<\/th>/)
    assert.doesNotMatch(page, /<script|<br|<b>/)
  }
  assert.match(
    await html(table([{ a: 1 }], { caption: '<div>x</div>' })),
    /<figcaption>&#x3C;div>x&#x3C;\/div>/,
  )
  assert.match(await html(markdown('A <b>b</b>')), /<p>A <b>b<\/b><\/p>/)
})
