import assert from 'node:assert/strict'
import test from 'node:test'
import { cell, temporaryProject } from '../../execute/temporary-project.ts'
import { buildRegisters } from './built-registers.ts'

const front = `requirements:
  - item: Where does it rain?
    answer: [sec-rain, '@sec-snow', '#drops', src/drops.ts, sec-hail, notebook.ipynb]
    claim: it rains
    pages: 2
  - item: Does it hail?
    answer: sec-rain
    claim: it hails
  - item: Why?`

const body = `# Rain {#sec-rain pages=2}

${cell('drops', 'export const drops = 3')}

:claim[it rains]{that='drops > 2'} and :claim[it hails]{that='drops > 4'}

# Snow {#sec-snow .unnumbered pages=1}

# Appendix

::register{#tbl-requirements of=requirements}
`

const reportIn = (lang: string) =>
  `---\ntitle: Weather\nnumbersections: true\nlang: ${lang}\n${front}\n---\n\n${body}`

test('requirements should list each item with its places, its limit and its claim', async (t) => {
  const root = temporaryProject(t, { 'report.md': reportIn('en'), 'src/drops.ts': 'export {}\n' })
  const { rows, html } = await buildRegisters(root)
  assert.deepEqual(rows('tbl-requirements'), [
    ['Requirement', 'Answered in'],
    [
      'Where does it rain?',
      'Section\u00a01, Rain; Snow; #drops; src/drops.ts; sec-hail (Not answered.); notebook.ipynbText of at most 2 pagesThe claim holds: it rains',
    ],
    ['Does it hail?', 'Section\u00a01, RainThe claim does not hold: it hails'],
    ['Why?', 'Not answered.'],
  ])
  assert.match(html, /<a href="#sec-snow">Snow<\/a>/)
})

test('requirements should be listed in the language of the report', async (t) => {
  const root = temporaryProject(t, { 'report.md': reportIn('de'), 'src/drops.ts': 'export {}\n' })
  const { rows } = await buildRegisters(root)
  assert.deepEqual(rows('tbl-requirements').at(-1), ['Why?', 'Nicht beantwortet.'])
  assert.match(rows('tbl-requirements')[1]![1]!, /Text von höchstens 2 Seiten/)
})

test('requirements should say so if the front matter names none', async (t) => {
  const text = '---\ntitle: Weather\n---\n\n::register{of=requirements}\n'
  const root = temporaryProject(t, { 'report.md': text })
  assert.match((await buildRegisters(root)).html, /The report names no requirements\./)
})
