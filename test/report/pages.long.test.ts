import assert from 'node:assert/strict'
import { cpSync, readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type OpenBrowser, openBrowser } from '../../src/render/print/open-browser.ts'
import { print } from '../../src/render/print/print.ts'
import { comparePictures, packPicture } from './compare-pictures.ts'
import { drawPages } from './draw-pages.ts'
import { comparePages, keptPages, writePages } from './kept-pages.ts'
import { emptyProject } from './project.ts'

const folder = fileURLToPath(new URL('../fixtures/pages', import.meta.url))
const dpi = 50
/** Share of a page's pixels, about 25 of 240,000. The same browser draws the same; a moved line changes thousands. */
const tolerance = 0.0001
const mostBytes = 400_000
const update = 'UPDATE_PAGES=1 npm test -- report/pages'
const isUpdate = process.env.UPDATE_PAGES === '1'

describe('the pages of a report', () => {
  const project = emptyProject({ after })
  let browser: OpenBrowser
  let pages: Buffer[] = []
  let unchanged: Buffer[] | undefined
  let skip: string | undefined

  before(async () => {
    browser = await openBrowser()
    if (browser.origin !== 'bundled')
      skip = `the pictures are those of the bundled browser, this is ${browser.origin}: ${browser.executable}`
    cpSync(folder, project.folder, { recursive: true, filter: (path) => !path.endsWith('.png') })
    project.write('package.json', '{"name": "pages", "type": "module"}')
    const { code, text } = await project.weft(['build', 'report.md'])
    assert.equal(code, 0, text)
    pages = (await drawPages(readFileSync(project.path('dist/report.pdf')), browser, dpi)).map(packPicture)
  })
  after(() => browser.close())

  it('should look as before', (t) => {
    assert.ok(skip === undefined || !process.env.CI, skip)
    if (skip) return t.skip(skip)
    const wrong = isUpdate ? writePages(folder, pages) : comparePages(folder, pages, tolerance)
    const advice = `Look at expected-changed.* in ${folder}; if that is how it should be: ${update}`
    assert.deepEqual(wrong, [], [...wrong, advice].join('\n'))
  })

  it('should be stored in small pictures', () => {
    const bytes = keptPages(folder).map(({ path }) => readFileSync(path).length)
    const sum = bytes.reduce((total, each) => total + each, 0)
    assert.ok(bytes.length > 0, `expected pictures in ${folder}, found none: ${update}`)
    assert.ok(sum <= mostBytes, `${sum} bytes`)
  })

  // Changes of style rules or of a figure, each of which must change a picture.
  const changes: Record<string, (html: string) => string> = {
    'a rule of tables': (html) => html.replace('</head>', '<style>td{padding-block:.22rem}</style></head>'),
    'an ink': (html) => html.replace('</head>', '<style>p{color:#444}</style></head>'),
    'a figure that is moved by a millimetre': (html) =>
      html.replace('</head>', '<style>.weft-figure svg{transform:translateX(1mm)}</style></head>'),
    'a best value that is not bold': (html) =>
      html.replace('</head>', '<style>.weft-best{font-weight:400}</style></head>'),
  }
  for (const [what, change] of Object.entries(changes)) {
    it(`should differ after a change of ${what}`, async () => {
      const html = project.read('dist/report.html')
      const changed = change(html)
      assert.notEqual(changed, html)
      unchanged ??= await drawn(html)
      const shares = sharesOf(unchanged, await drawn(changed))
      assert.ok(Math.max(...shares) > tolerance, `${shares}`)
    })
  }

  it('should look the same if drawn twice', async () => {
    const again = await drawPages(readFileSync(project.path('dist/report.pdf')), browser, dpi)
    assert.ok(again.length > 1)
    for (const share of sharesOf(pages, again)) assert.ok(share <= tolerance / 10, `${share}`)
  })

  async function drawn(html: string): Promise<Buffer[]> {
    const { pdf } = await print(html, browser, { date: new Date(0), title: 'Pages to look at' })
    return drawPages(pdf, browser, dpi)
  }
})

function sharesOf(before: readonly Buffer[], after: readonly Buffer[]): number[] {
  return before.map((page, index) => (after[index] ? comparePictures(page, after[index]).share : 1))
}
