import assert from 'node:assert/strict'
import { cpSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type OpenBrowser, openBrowser } from '../../src/render/print/open-browser.ts'
import { print } from '../../src/render/print/print.ts'
import { comparePictures, packGrey } from './compare-pictures.ts'
import { drawPages } from './draw-pages.ts'
import { comparePages, keptPages, writePages } from './kept-pages.ts'
import { emptyProject } from './project.ts'

const fixture = fileURLToPath(new URL('../fixtures/specimen', import.meta.url))
/** Each report of the specimen, with the folder of its pictures: two languages and two sizes of paper. */
const editions = [
  { report: 'report', pictures: 'pages-en-a4' },
  { report: 'bericht', pictures: 'pages-de-letter' },
] as const
const dpi = 50
/**
 * Share of a page's pixels, about 90 of 230,000: the browser draws edges that lie between two pixels in one of two ways,
 * which changes some 25. A moved line changes thousands.
 */
const tolerance = 0.0004
const mostBytes = 2_000_000
const update = 'UPDATE_PAGES=1 npm test -- report/specimen'
const isUpdate = process.env.UPDATE_PAGES === '1'

describe('the specimen', () => {
  const project = emptyProject({ after })
  let browser: OpenBrowser
  let skip: string | undefined

  before(async () => {
    browser = await openBrowser()
    if (browser.origin !== 'bundled')
      skip = `the pictures are those of the bundled browser, this is ${browser.origin}: ${browser.executable}`
    cpSync(fixture, project.folder, { recursive: true, filter: (path) => !/pages-[\w-]+$/.test(path) })
    project.write('package.json', '{"name": "specimen", "type": "module"}')
  })
  after(() => browser.close())

  for (const { report, pictures } of editions)
    it(`should print the pages of ${pictures}`, async (t) => {
      const { code, text } = await project.weft(['build', `${report}.md`])
      assert.equal(code, 0, text)
      assert.ok(skip === undefined || !process.env.CI, skip)
      if (skip) return t.skip(skip)
      const pages = await drawn(readFileSync(project.path(`dist/${report}.pdf`)))
      const folder = join(fixture, pictures)
      const wrong = isUpdate ? writePages(folder, pages) : comparePages(folder, pages, tolerance)
      const advice = `Look at expected-changed.* in ${folder}; if that is how it should be: ${update}`
      assert.deepEqual(wrong, [], [...wrong, advice].join('\n'))
    })

  it('should differ after a change of its style', async () => {
    const html = readFileSync(project.path('dist/report.html'), 'utf8')
    const changed = html.replace('</head>', '<style>p{color:#444}</style></head>')
    assert.notEqual(changed, html)
    const [one, other] = [await printed(html), await printed(changed)]
    const shares = one.map((page, index) => comparePictures(page, other[index]!).share)
    assert.ok(Math.max(...shares) > tolerance, `${shares}`)
  })

  it('should have small pictures of all its editions', () => {
    const kept = editions.flatMap(({ pictures }) => {
      assert.ok(
        existsSync(join(fixture, pictures)),
        `expected pictures in ${pictures}, found none: ${update}`,
      )
      return keptPages(join(fixture, pictures))
    })
    const sum = kept.reduce((total, { path }) => total + readFileSync(path).length, 0)
    assert.ok(sum > 0 && sum <= mostBytes, `${sum} bytes`)
  })

  async function drawn(pdf: Uint8Array): Promise<Buffer[]> {
    return (await drawPages(pdf, browser, dpi)).map(packGrey)
  }

  async function printed(html: string): Promise<Buffer[]> {
    const { pdf } = await print(html, browser, { date: new Date(0), title: 'A specimen' })
    return drawn(pdf)
  }
})
