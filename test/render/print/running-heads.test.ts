import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openBrowser } from '../../../src/render/print/open-browser.ts'
import { pdfPages } from '../../../src/render/print/pdf-text.ts'
import { print } from '../../../src/render/print/print.ts'
import { headsCss } from '../../../src/render/print/running-heads.ts'

const browser = await openBrowser({})
after(() => browser.close())

const heads = ['One', 'Two', "Three's"].map((title, index) => ({ id: `h${index}`, title }))

test('headsCss should give each page the first section that begins on it, or the one that goes on', () => {
  const css = headsCss(heads, [2, 2, 4])
  assert.match(css, /@counter-style weft-heads\{system:fixed;symbols:'' 'One' 'Two' 'Three\\27 s';/)
  assert.match(css, /@counter-style weft-last\{system:cyclic;symbols:'Three\\27 s'\}/)
})

test('a print should have the section at the top of each page, though sections begin in mid-page', async () => {
  const styles = `@counter-style weft-heads{system:cyclic;symbols:''}
    @page{size:A5;margin:20mm;@top-left{content:counter(page,weft-heads)}}section{height:250mm}`
  const links = heads.map(({ id, title }) => `<a href="#${id}" data-head="${title}"></a>`).join('')
  const sections = heads.map(({ id }, index) => `<section><h2 id="${id}">Section ${index}</h2></section>`)
  const html = `<!doctype html><html lang="en"><head><title>T</title><style>${styles}</style></head>
    <body>${sections.join('')}<nav class="weft-heads" hidden>${links}</nav></body></html>`
  const { pdf } = await print(html, browser, { date: new Date(0), title: 'Section 0' })
  const tops = (await pdfPages(pdf)).map(({ margins }) => margins)
  assert.deepEqual(tops, ['One', 'Two', 'Two', "Three's", "Three's"])
})
