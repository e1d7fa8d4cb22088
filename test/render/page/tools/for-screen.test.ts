import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Root } from 'hast'
import { wordsFor } from '../../../../src/render/model/words.ts'
import { unpacked } from '../../../../src/render/page/client/unpack.ts'
import { dataMarkup } from '../../../../src/render/page/tools/for-screen.ts'
import { sampleReport } from '../sample-report.ts'
import { toPages } from '../to-pages.ts'

function csvOf(html: string, id: string): string {
  const data = new RegExp(`data-for="${id}" data-csv="([^"]*)"`).exec(html)?.[1]
  assert.ok(data !== undefined, `no CSV of ${id}`)
  return unpacked(data)
}

const safety = { purge: (tree: Root) => tree, head: '', formulaEm: 100 }

describe('the screen page', async () => {
  const rendered = await sampleReport()
  const { screen, print } = await toPages(rendered)

  test('should offer the data of figures and tables in full', () => {
    const lines = csvOf(screen, 'fig-lines').split('\r\n')
    assert.deepEqual(lines.slice(0, 3), ['X,series,Time', '1,A,0.1', '2,A,0.2'])
    const rows = csvOf(screen, 'tbl-rows').split('\r\n')
    const measures = ['mean', 'std', 'n', 'min', 'max']
    const spreads = ['validation', 'test', 'best'].flatMap((name) => measures.map((one) => `${name} ${one}`))
    assert.equal(rows[0], ['batch', 'x', 'time', ...spreads].join())
    assert.match(rows[3]!, /^A,3,0\.30000000000000004,0\.30000000000000004,0\.02,3,/)
    assert.match(csvOf(screen, 'fig-grid'), /^image,label\r\n1,a shirt\r\n2,'=a bag\r\n$/)
  })

  test('should link each figure and table to its code', () => {
    for (const id of ['fig-curve', 'fig-grid', 'tbl-rows']) {
      assert.match(
        screen,
        new RegExp(`<a href="#cell-${id}" aria-label="Code of (Figure|Table) \\d">Code</a>`),
      )
      assert.equal(screen.split(`id="cell-${id}"`).length, 2)
    }
  })

  test('should tie captions to tables, and say what headings head', () => {
    assert.match(screen, /<figcaption id="tbl-rows-caption">/)
    assert.match(screen, /<table[^>]* aria-labelledby="tbl-rows-caption"/)
    assert.doesNotMatch(screen, /<th\b(?![^>]*scope=)[^>]*>/)
  })

  test('should leave nothing of it in print', () => {
    for (const word of ['<script', 'weft-tools', 'weft-screen', 'weft-drawing', 'text/csv', 'weft-skip'])
      assert.ok(
        !print.includes(`${word}"`) &&
          !new RegExp(`<[^>]*${word}`).test(print.replace(/<style>[\s\S]*?<\/style>/g, '')),
        word,
      )
  })

  test('should hold each specification once, with nothing in it that ends its element', async () => {
    const [first] = rendered.drawn
    const spec = { ...first!.spec, usermeta: '</script><!-- <script>' }
    const page = await toPages({ ...rendered, drawn: [{ ...first!, spec }] })
    const [, text = ''] = /<script type="text\/plain" class="weft-spec"[^>]*>([\s\S]*?)<\/script>/.exec(
      page.screen,
    )!
    assert.deepEqual(JSON.parse(unpacked(text)), spec)
    assert.doesNotMatch(text, /</)
  })

  test('should have no program for charts where there is none', async () => {
    const page = await toPages({ ...rendered, drawn: [] })
    assert.ok(page.screen.length < screen.length - 250_000)
  })

  test('should hold data and marks of code in a form that its programs unpack, and in full where none run', async () => {
    const bare = await toPages(rendered, { safety })
    assert.doesNotMatch(screen, /class="weft-rows"/)
    assert.match(bare.screen, /class="weft-rows"/)
    assert.match(
      bare.screen,
      /<a class="weft-csv" href="data:text\/csv;charset=utf-8,X,series,Time%0D%0A1,A,0\.1/,
    )
    assert.match(screen, /<code [^>]*data-tokens="0K6\.[^"]*">export default make\('fig-curve'\)</)
    assert.match(bare.screen, /<span class="t-keyword">export<\/span>/)
  })

  test('should be the same each time', async () => {
    assert.equal((await toPages(await sampleReport())).screen, screen)
  })
})

describe('dataMarkup', () => {
  test('should show two hundred rows and say of how many', () => {
    const rows = Array.from({ length: 250 }, (_, index) => [index / 3, `<${index}>`])
    const markup = dataMarkup({ columns: ['a', 'b'], rows }, 'Figure 1', wordsFor('en'))
    assert.equal(markup.match(/<tr>/g)?.length, 201)
    assert.match(markup, /The first 200 of 250 rows/)
    assert.match(markup, /<td class="align-right">0\.33333<\/td><td>&lt;1&gt;<\/td>/)
    const dated = { columns: ['a', 'b'], rows: [[1234.5, '2012-01-31T00:00:00.000Z']] }
    assert.match(dataMarkup(dated, 'A', wordsFor('de')), />1234,5<\/td><td>31\.01\.2012</)
    assert.match(dataMarkup(dated, 'A', wordsFor('en')), />1234\.5<\/td><td>2012-01-31</)
    assert.doesNotMatch(dataMarkup({ columns: ['a'], rows: [[1]] }, 'Figure 1', wordsFor('en')), /The first/)
  })
})
