import assert from 'node:assert/strict'
import test from 'node:test'
import { buildProject } from '../../execute/build-project.ts'
import { cell, reportOf, temporaryProject } from '../../execute/temporary-project.ts'
import { toPages } from '../../page/to-pages.ts'
import { buildRegisters } from './built-registers.ts'

test("should give a table its id, and the author's caption instead of its own", async (t) => {
  const body = `${cell('a', 'export const a = 1')}
::register{#tbl-machine of=machine caption="Our *own* words."}

::register{of=machine}
`
  const root = temporaryProject(t, { 'report.md': reportOf(body) })
  const { html, said } = await buildRegisters(root)
  assert.deepEqual(said, [])
  const figures = html.split('<figure').slice(1)
  assert.match(
    figures[0]!,
    /^ class="weft-table weft-register weft-whole" id="tbl-machine"><figcaption><span class="weft-number">Table\u00a01\.<\/span> Our <em>own<\/em> words\./,
  )
  assert.match(
    figures[1]!,
    /^ class="weft-table weft-register weft-whole"><figcaption>The software and hardware/,
  )
})

test('should ignore the list of references, and mark a register that it cannot fill', async (t) => {
  const body = '::register{of=references}\n\n::register{of=claim}\n\nOne :register{of=jobs} inside.\n'
  const root = temporaryProject(t, { 'report.md': reportOf(body) })
  const { said, texts, html } = await buildRegisters(root)
  assert.equal(said.length, 2)
  assert.match(said.join('\n'), /did you mean `claims`\?/)
  assert.match(texts('weft-failure').join(), /Unexpected register claim, expected jobs/)
  assert.match(
    html,
    /<p>One <span class="weft-missing">Unexpected register in a line[^<]*<\/span> inside\.<\/p>/,
  )
})

test('should distinguish rows and columns by headings with a scope', async (t) => {
  const root = temporaryProject(t, {
    'report.md': reportOf(`::register{of=machine}\n${cell('a', 'export const a = 1')}`),
  })
  const { html } = await buildRegisters(root)
  assert.match(html, /<th scope="col"[^>]*>Fact<\/th>/)
  assert.match(html, /<th scope="row"[^>]*>Node<\/th>/)
})

const bibliography =
  '@article{adam,\n  title = {Adam},\n  author = {Kingma, D.}, journal = {J},\n  year = {2015}\n}\n'
const cited = (body: string) => reportOf(body, { bibliography: 'references.bib' })

test("should parse the author's caption like other captions, and treat its cells as data", async (t) => {
  const facts = "{ name: 'rows', title: 'Of @fig-a and @adam', source: 'x', licence: 'none', sum: 1 }"
  const body = `# One {#sec-one}

::register{#tbl-data of=data caption="Of \`{ts} n + 1\` sets, see @sec-one, @tbl-data and [@adam]."}
${cell('a', 'export const n = 1')}${cell('set', `export const set = ${facts}`)}
`
  const root = temporaryProject(t, { 'report.md': cited(body), 'references.bib': bibliography })
  const built = await buildRegisters(root)
  assert.deepEqual(built.said, [])
  assert.match(built.texts('weft-citation').join(), /^\[1\]$/)
  assert.match(
    built.html,
    /<figcaption><span class="weft-number">Table\u00a01\.<\/span> Of <span class="weft-value" data-value="report\.md\/#tbl-data\/v-60910b50">2<\/span> sets, see <a class="weft-reference" href="#sec-one">Section\u00a0“One”<\/a>, <a [^>]*href="#tbl-data">Table\u00a01<\/a> and <span class="weft-citation">/,
  )
  assert.match(built.rows('tbl-data')[1]!.join(), /^Of @fig-a and @adam/)
})

test("should report errors in the author's caption at their places", async (t) => {
  const body = `\n::register{of=machine caption="Of \`{ts} none\`, @fig-a and [@kingma]."}\n${cell('a', 'export const a = 1')}`
  const root = temporaryProject(t, { 'report.md': cited(body), 'references.bib': bibliography })
  const { said } = await buildRegisters(root)
  assert.deepEqual(
    said
      .filter((one) => !one.includes('entry-is-cited'))
      .map((one) => one.replace(/,? (expected|an export).*/, '')),
    [
      'report.md:5:1 value-resolves Unknown name `none`',
      'report.md:5:48 reference-resolves Unknown reference `@fig-a`',
      'report.md:5:60 citation-resolves Unknown citation `@kingma`',
    ],
  )
})

test('should not parse the caption of an invalid register', async (t) => {
  const body = '\n::register{of=sources caption="Of `{ts} 1 +` and @fig-a."}\n'
  const { said } = await buildRegisters(temporaryProject(t, { 'report.md': reportOf(body) }))
  assert.equal(said.length, 1)
  assert.match(said[0]!, /register-is-known Unexpected option `caption`/)
})

test('should link each table to its caption by a unique id', async (t) => {
  const other = temporaryProject(t, {
    'report.md': reportOf(`
## Weft caption

## Tbl machine caption

::register{of=machine}

::register{of=machine}

::register{#tbl-machine of=machine}
${cell('a', 'export const a = 1')}`),
  })
  const { chapters, tree } = await buildProject(other)
  const whole = { front: tree.report.front, notice: '', targets: [], drawn: [], chapters }
  const { screen, print } = await toPages(whole)
  for (const page of [screen, print]) {
    const ids = Array.from(page.matchAll(/<figcaption id="([^"]*)"/g), ([, id]) => id)
    assert.deepEqual(ids, ['weft-caption-2', 'weft-caption-3', 'tbl-machine-caption-2'])
    const named = Array.from(page.matchAll(/<table[^>]*aria-labelledby="([^"]*)"/g), ([, id]) => id)
    assert.deepEqual(named, ids)
    for (const id of ids) assert.equal(page.split(`id="${id}"`).length, 2)
  }
})
