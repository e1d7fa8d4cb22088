import assert from 'node:assert/strict'
import test from 'node:test'
import { buildProject } from './execute/build-project.ts'
import { cell, reportOf, temporaryProject } from './execute/temporary-project.ts'
import { toPages } from './page/to-pages.ts'

type Test = Parameters<typeof temporaryProject>[0]

async function pagesOf(t: Test, body: string) {
  const { chapters, tree, said } = await buildProject(temporaryProject(t, { 'report.md': reportOf(body) }))
  const whole = { front: tree.report.front, notice: '', targets: [], drawn: [], chapters }
  const { screen, print } = await toPages(whole)
  return { said, screen, print: print.replaceAll('\u00ad', '') }
}

test('listings should be shown with their captions on screen and in print, other folded code not in print', async (t) => {
  const body = [
    '\nSee @lst-step and @lst-plain.\n',
    cell(
      'lst-step caption="A step, *done*, as @lst-plain." echo=hide',
      'export const step = 1',
      'export default step',
    ),
    '\n```json #lst-plain caption="Settings."\n{ "a": 1 }\n```\n',
    cell('folded', 'export const folded = 2'),
  ].join('')
  const { said, screen, print } = await pagesOf(t, body)
  assert.deepEqual(said, [])
  for (const page of [screen, print]) {
    const [, step, plain] = page.split('<figure class="weft-listing"')
    assert.match(
      step!,
      /^ id="lst-step"><figcaption><span class="weft-number">Listing\u00a01\.<\/span> A step, <em>done<\/em>, as <a [^>]*href="#lst-plain">Listing\u00a02<\/a>\.<\/figcaption><pre><code class="language-ts" id="cell-lst-step">/,
    )
    assert.match(step!, /t-keyword">export/)
    assert.match(
      plain!,
      /^ id="lst-plain"><figcaption>.*Settings\.<\/figcaption><pre><code class="language-json">/,
    )
    assert.equal(page.split('id="lst-step').length, 2, 'what the cell shows has an id of its own, if any')
  }
  assert.ok(screen.includes('folded'))
  assert.ok(!print.includes('folded'))
})

test('a listing without a caption should have its number alone, and words that it does not know an error', async (t) => {
  const { said, print } = await pagesOf(t, '\n```ts #lst-a captoin="No" echo=show\nf()\n```\n')
  assert.match(print, /<figcaption><span class="weft-number">Listing\u00a01\.<\/span><\/figcaption>/)
  assert.deepEqual(said, [
    'report.md:5:14 option-is-known Unexpected option `captoin="No"`, expected `caption="..."` once beside the label of a listing: did you mean `caption`?',
    'report.md:5:27 option-is-known Unexpected option `echo=show`, expected `caption="..."` once beside the label of a listing',
  ])
})

test('a listing whose label cannot be one should be told so', async (t) => {
  const { said } = await pagesOf(t, '\n```ts #lst-größe\nf()\n```\n')
  assert.deepEqual(said, [
    'report.md:5:7 label-is-given Unexpected label `#lst-größe`, expected `#lst-`, then small letters, digits and hyphens',
  ])
})

test('a plain fence without a label of that kind should stay a plain fence', async (t) => {
  const { said, print } = await pagesOf(t, '\n```yaml title="x"\na: 1\n```\n')
  assert.deepEqual(said, [])
  assert.ok(!print.includes('<figure'))
})

test('code that is hidden should wait on the screen behind the link of the figure or table that it made', async (t) => {
  const table = ["import { table } from 'weft/output'", 'export default table([{ a: 1 }])']
  const body = [
    cell('tbl-a echo=hide', ...table),
    cell('prose echo=hide', "import { markdown } from 'weft/output'", "export default markdown('So.')"),
    cell('silent echo=hide', 'export const silent = 1'),
    cell('lst-a echo=hide', ...table),
  ].join('\n')
  const { said, screen, print } = await pagesOf(t, body)
  assert.deepEqual(said, [])
  assert.match(
    screen,
    /<\/figure><div class="weft-tools weft-screen" data-for="tbl-a">.*href="#cell-tbl-a".*<\/div>\s*<details class="weft-cell weft-fold" hidden="until-found"><summary>Code<\/summary><pre><code class="language-ts" id="cell-tbl-a"[ >]/,
  )
  for (const label of ['tbl-a', 'lst-a']) assert.equal(screen.split(`id="cell-${label}"`).length, 2, label)
  for (const label of ['prose', 'silent']) assert.ok(!screen.includes(`id="cell-${label}"`), label)
  assert.ok(!print.includes('cell-tbl-a'))
})
