import assert from 'node:assert/strict'
import { test } from 'node:test'
import { paperCss, paperOf, sheetCss } from '../../../src/render/page/paper.ts'

const margins = { title: 'T', notice: '', running: ['One'], direction: 'ltr' } as const

test('paperOf should divide A4 as the pages of a report are', () => {
  const paper = paperOf({})
  assert.deepEqual(paper.margins, { top: 24, right: 22.5, bottom: 26, left: 22.5 })
  assert.deepEqual([paper.measure, paper.wide, paper.tallest], [142, 165, 225])
  assert.equal(paperCss({}), '')
  assert.match(
    sheetCss(margins, {}),
    /\n@page\{size:A4;margin:24mm 22\.5mm 26mm;@top-left\{[^}]*\}@bottom-left\{[^}]*padding-left:11\.5mm/,
  )
})

test('paperOf should keep lines short on wide paper, and margins small on small paper', () => {
  assert.equal(paperOf({ paperMm: [297, 420] }).measure, 142)
  const small = paperOf({ paperMm: [105, 148] })
  assert.deepEqual([small.margins.left, small.wide, small.measure], [11.25, 82.5, 82.5])
  assert.equal(paperOf({ fontPt: 10 }).measure.toFixed(2), '135.24')
})

test('text should fill the space between margins that are given', () => {
  const paper = paperOf({ marginsMm: { left: 30, right: 20 } })
  assert.deepEqual([paper.wide, paper.measure], [160, 160])
  const css = sheetCss(margins, { marginsMm: { left: 30, right: 20 } })
  assert.match(css, /margin:24mm 20mm 26mm 30mm;/)
  assert.match(css, /padding-left:0mm/)
})

test('paperCss should say what differs from a usual page', () => {
  assert.equal(
    paperCss({ fontPt: 10 }),
    '@media print{:root{font-size:10pt;--measure:135.238mm;--wide:165mm}}',
  )
  assert.equal(paperCss({ linestretch: 2 }), 'body{line-height:3.1}\n@media print{body{line-height:2.64}}')
  assert.match(paperCss({ paperMm: [148, 210] }), /--tallest:152\.\d+mm/)
})

test('chapters should have pages of their own where they begin one', () => {
  assert.match(sheetCss(margins, { chapterbreak: 'page' }), /@page chapter-1\{@top-left\{content:'One';/)
})

test('the pages of chapters that follow each other should have a head by their number', () => {
  const css = sheetCss(margins, {})
  assert.doesNotMatch(css, /chapter-1/)
  assert.match(css, /@counter-style weft-heads\{system:cyclic;symbols:''\}/)
  assert.match(css, /@top-left\{content:counter\(page,weft-heads\);/)
  // Its first page has a number.
  assert.match(css, /@page:first\{@top-left\{content:none\}@bottom-left\{content:none\}\}$/)
})
