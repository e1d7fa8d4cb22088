import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type OpenBrowser, openBrowser } from '../../../src/render/print/open-browser.ts'
import { buildProject } from '../execute/build-project.ts'
import { reportOf, temporaryProject } from '../execute/temporary-project.ts'
import { toPages } from './to-pages.ts'

type Test = Parameters<typeof temporaryProject>[0]

const sum = Array.from({ length: 30 }, (_, index) => `a_{${index}}`)
const body = `
$$ {#eq-short}
m = \\beta m + (1 - \\beta) g
$$

$$ {#eq-long}
${sum.join(' + ')} = 0
$$

- One

  $$
  \\begin{pmatrix} ${sum.slice(0, 14).join(' & ')} \\end{pmatrix}
  $$ {#eq-wide}

See @eq-short, @eq-long and @eq-wide.
`

async function pagesOf(t: Test, text: string) {
  const { chapters, tree, said } = await buildProject(temporaryProject(t, { 'report.md': reportOf(text) }))
  const rendered = { front: tree.report.front, notice: '', targets: [], drawn: [], chapters }
  return { said, pages: await toPages(rendered), messages: tree.report.files[0]!.messages.map(String) }
}

test('an equation should have its number in drawing and MathML, and be where its links lead', async (t) => {
  const { said, pages } = await pagesOf(t, body)
  assert.deepEqual(said, [])
  for (const [number, id] of ['eq-short', 'eq-long', 'eq-wide'].entries()) {
    const [, block] = pages.print.split(`<div class="weft-equation" id="${id}">`)
    assert.ok(block, id)
    const drawn = block.slice(0, block.indexOf('</div>'))
    assert.match(drawn, /<math [^>]*display="block">/)
    assert.equal(drawn.split(`<mtext>(${number + 1})</mtext>`).length, 2)
    assert.equal(drawn.split('<span class="tag">').length, 2)
    assert.ok(pages.print.includes(`<a class="weft-reference" href="#${id}">Equation\u00a0${number + 1}</a>`))
  }
})

test('an equation that cannot be drawn should be told as it is written, and keep its place', async (t) => {
  const { pages, messages } = await pagesOf(t, '\nText.\n\n$$ {#eq-bad}\n\\frac{1\n$$\n\nSee @eq-bad.\n')
  assert.deepEqual(
    messages.map((message) => message.slice(0, message.indexOf(', '))),
    ['report.md:7:1-9:3: Cannot draw `\\frac{1`'],
  )
  assert.match(pages.screen, /<p id="eq-bad"><code class="weft-bad-math"[^>]*>\\frac\{1<\/code><\/p>/)
})

test('an equation with a tag of its own should be told that its label numbers it', async (t) => {
  const { messages } = await pagesOf(
    t,
    '\n$$ {#eq-own}\nx \\tag{A}\n$$\n\n$$\ny \\tag{B} \\tag{C}\n$$\n\nSee @eq-own.\n',
  )
  assert.deepEqual(messages, [
    'report.md:5:1-7:3: Cannot draw `x \\tag{A}`, Multiple \\tag: the label `#eq-own` numbers it, leave out either',
    'report.md:9:1-11:3: Cannot draw `y \\tag{B} \\tag{C}`, Multiple \\tag',
  ])
})

describe('the layout of equations', () => {
  let browser: OpenBrowser
  before(async () => {
    browser = await openBrowser()
  })
  after(() => browser.close())

  for (const [width, media] of [
    [400, 'screen'],
    [1200, 'screen'],
    [624, 'print'],
  ] as const) {
    test(`should keep numbers clear of formulas on ${media} ${width} pixels wide`, async (t) => {
      const { pages } = await pagesOf(t, body)
      const page = await browser.browser.newPage()
      await page.setViewport({ width, height: 900 })
      await page.emulateMediaType(media)
      await page.setContent(media === 'print' ? pages.print : pages.screen)
      const boxes = await page.evaluate(measure)
      assert.equal(boxes.length, 3)
      for (const { id, formulaRight, formulaLeft, tagLeft, tagRight, right } of boxes) {
        assert.ok(formulaRight <= tagLeft + 0.5, `${id}: ${formulaRight} overlaps ${tagLeft}`)
        // Of what is printed and wider than the text, the number stands in the margin.
        if (media === 'screen')
          assert.ok(tagRight <= right + 0.5, `${id}: ${tagRight} is cut off at ${right}`)
        assert.ok(formulaLeft < formulaRight && tagLeft < tagRight, id)
      }
      const [short] = boxes
      const middle = (short!.formulaLeft + short!.formulaRight) / 2
      assert.ok(
        Math.abs(middle - (short!.left + short!.right) / 2) < 1,
        'a short formula stands in the middle',
      )
      await page.close()
    })
  }
})

// Runs in the page. What scrolls is as wide as its box.
function measure() {
  return [...document.querySelectorAll('.weft-equation')].map((equation) => {
    const box = equation.getBoundingClientRect()
    const formula = equation.querySelector('.weft-formula')!
    const inner = formula.getBoundingClientRect()
    const scrolls = getComputedStyle(formula).overflowX === 'auto'
    const rights = [...formula.querySelectorAll('.base')].map((base) => base.getBoundingClientRect().right)
    const tag = equation.querySelector('.tag')!.getBoundingClientRect()
    const words = document.createRange()
    words.selectNodeContents(equation.querySelector('.tag')!)
    return {
      id: equation.id,
      left: box.left,
      right: box.right,
      formulaLeft: inner.left,
      formulaRight: scrolls ? inner.right : Math.max(...rights),
      tagLeft: words.getBoundingClientRect().left,
      tagRight: tag.right,
    }
  })
}
