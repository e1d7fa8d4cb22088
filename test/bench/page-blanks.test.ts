import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { measureBlanks } from '../../bench/page-blanks/measure-blanks.ts'
import { type OpenBrowser, openBrowser } from '../../src/render/print/open-browser.ts'
import { printBytes } from '../../src/render/print/print-pages.ts'

const style = `<style>@page{size:210mm 297mm;margin:25mm;@bottom-left{content:'Foot'}}
  body{margin:0;font:10pt/20pt sans-serif;background:white}p,h1,h2{margin:0;font:inherit}
  .box{border:1px solid black}.next{break-before:page}</style>`
const lines = (count: number) => '<p>Line</p>'.repeat(count)

describe('measureBlanks', () => {
  let browser: OpenBrowser
  before(async () => {
    browser = await openBrowser()
  })
  after(() => browser.close())

  async function blanksOf(body: string) {
    const page = await browser.browser.newPage()
    await page.setContent(`<html lang="en"><title>T</title>${style}<body>${body}</body></html>`)
    const pages = await measureBlanks(await printBytes(page, { isWhole: true }))
    await page.close()
    return pages
  }

  it('should measure what lies below the last line and wide gaps, not the foot of a page', async () => {
    // 35 lines of 20 pt fill the 700 pt of a page.
    const pages = await blanksOf(
      `<h1>Title</h1><h2>A</h2>${lines(33)}<h2 class="next">B</h2>${lines(6)}
      <p class="next">Gap</p><p style="margin-top:110pt">On</p>${lines(27)}`,
    )
    assert.deepEqual(
      pages.map(({ blank }) => Math.floor(blank * 35)),
      [0, 28, 6],
    )
    assert.deepEqual(
      pages.map(({ page, endsPart }) => [page, endsPart]),
      [
        [1, true],
        [2, false],
        [3, true],
      ],
    )
  })

  it('should count pictures and boxes as ink, and no white ground', async () => {
    const picture = `<svg width="100" height="440pt" style="display:block"><path d="M0 0h90v580H0z"/></svg>`
    const pages = await blanksOf(
      `${lines(35)}<p class="next">One</p><div class="box" style="height:340pt"></div>
      <p class="next">Two</p>${picture}<div style="background:white;height:200pt"></div>`,
    )
    assert.deepEqual(
      pages.map(({ blank }) => Math.round(blank * 10)),
      [0, 5, 3],
    )
  })
})
