import assert from 'node:assert/strict'
import test from 'node:test'
import { cell, reportOf, temporaryProject } from '../execute/temporary-project.ts'
import { buildRegisters } from './built-registers.ts'

test('should give a table its id, and the caption of its author in place of its own', async (t) => {
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
  assert.match(figures[1]!, /^ class="weft-table weft-register weft-whole"><figcaption>What computed/)
})

test('should leave the list of references alone, and put a mark where it cannot fill', async (t) => {
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

test('should tell rows and columns apart by headings with a scope', async (t) => {
  const root = temporaryProject(t, {
    'report.md': reportOf(`::register{of=machine}\n${cell('a', 'export const a = 1')}`),
  })
  const { html } = await buildRegisters(root)
  assert.match(html, /<th scope="col"[^>]*>Fact<\/th>/)
  assert.match(html, /<th scope="row"[^>]*>Node<\/th>/)
})
