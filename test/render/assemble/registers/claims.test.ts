import assert from 'node:assert/strict'
import test from 'node:test'
import { cell, reportOf, temporaryProject } from '../../execute/temporary-project.ts'
import { buildRegisters } from './built-registers.ts'

const body = `
:claim[Two is **less** than three | or so.]{that='small < large'}

# Sizes

## Largest *of all*

:claim[\`{ts} large\` is the largest.]{that='large > 99'} And :claim[this cannot be told.]{that='nothing.at.all > 1'}

# Lists {#sec-lists}

:claim[It has a mean.]{that='spread.mean > 0.5'} :claim[A small one.]{that='spread.mean < 0.3'} :claim[Below one.]{that='isLower(spread, 1)'}

::register{#tbl-claims of=claims}
${cell('sizes', 'export const [small, large] = [2, 3]', 'export const spread = { mean: 0.123456, std: 0.1, n: 3, min: 0, max: 1 }')}
`

test('should list every claim with its place, its expression, the values that it read and whether it holds', async (t) => {
  const root = temporaryProject(t, { 'report.md': reportOf(body) })
  const { rows, html, said } = await buildRegisters(root)
  assert.equal(said.filter((line) => line.includes('claim-holds')).length, 3)
  assert.deepEqual(rows('tbl-claims'), [
    ['Claim', 'Condition', 'Holds'],
    ['Two is less than three | or so.the front page', 'small < largesmall = 2large = 3', 'yes'],
    ['3 is the largest.Sizes › Largest of all', 'large > 99large = 3', 'no'],
    ['this cannot be told.Sizes › Largest of all', 'nothing.at.all > 1', 'unknown'],
    ['It has a mean.Lists', 'spread.mean > 0.5spread.mean = 0.1235', 'no'],
    ['A small one.Lists', 'spread.mean < 0.3spread.mean = 0.1235', 'yesin 95 % of 400 redraws'],
    [
      'Below one.Lists',
      'isLower(spread, 1)spread = 0.12\u00a0±\u00a00.10',
      'yesdifference −0.8765, 95\u00a0% CI −1.125 to\u00a0−0.6281in 99 % of 400 redraws',
    ],
  ])
  assert.match(html, /<strong>less<\/strong>/)
  // Each link of the register leads to exactly one heading.
  for (const [, id] of html.matchAll(/href="#([^"]+)"/g))
    assert.equal(html.split(`id="${id}"`).length, 2, `#${id} stands once on the page`)
})

test('should say so if nothing is claimed', async (t) => {
  const root = temporaryProject(t, { 'report.md': reportOf('::register{of=claims}\n') })
  const { html } = await buildRegisters(root)
  assert.match(html, /<p>The text makes no claims\.<\/p>/)
})

test('should be on a screen alone, with a sentence on paper, unless it is to be printed', async (t) => {
  const claim = ":claim[Two is less than three.]{that='2 < 3'}\n\n"
  const on = (options: string) =>
    buildRegisters(temporaryProject(t, { 'report.md': reportOf(`${claim}::register{${options}}\n`) }))
  const sentence = /^The HTML page lists every claim \(1 in all\)\. /
  const [plain, numbered, printed] = [
    await on('of=claims'),
    await on('#tbl-claims of=claims'),
    await on('#tbl-claims of=claims print=true'),
  ]
  assert.match(plain.texts('weft-paper').join(), sentence)
  assert.match(plain.texts('weft-screen').join(), /Each claim of the text.*Two is less/s)
  assert.match(numbered.texts('weft-paper').join(), sentence)
  assert.doesNotMatch(numbered.texts('weft-screen').join(), /Every claim of the text/)
  assert.deepEqual(printed.texts('weft-screen'), [])
  assert.deepEqual(printed.rows('tbl-claims').length, 2)
})
