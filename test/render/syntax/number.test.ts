import assert from 'node:assert/strict'
import test from 'node:test'
import type { Heading } from 'mdast'
import { visit } from 'unist-util-visit'
import { textBelow } from '../../../src/render/model/element.ts'
import type { Target } from '../../../src/render/model/types.ts'
import { partLetter } from '../../../src/render/syntax/numbering.ts'
import type { Built } from '../execute/build-project.ts'
import { buildProject } from '../execute/build-project.ts'
import { cell, type Files, reportOf, temporaryProject } from '../execute/temporary-project.ts'

type Test = Parameters<typeof temporaryProject>[0]

const front = { chapters: ['a.md', 'b.md'] }

async function build(t: Test, files: Files): Promise<Built> {
  return buildProject(temporaryProject(t, files))
}

/** The text of every heading. */
function headingsOf({ chapters }: Built): string[] {
  const headings: string[] = []
  for (const { tree } of chapters)
    visit(tree, 'heading', (node: Heading) => void headings.push(textBelow(node)))
  return headings
}

function numbersOf(targets: readonly Target[]): Record<string, string> {
  return Object.fromEntries(targets.map(({ label, kind, number }) => [label, `${kind} ${number}`.trim()]))
}

test('the parts of a figure should have letters, and two of them after z', () => {
  assert.deepEqual([0, 1, 25, 26, 27, 52].map(partLetter), ['a', 'b', 'z', 'aa', 'ab', 'ba'])
})

test('sections should be numbered over the chapters, except those of report.md and unnumbered ones', async (t) => {
  const built = await build(t, {
    'report.md': reportOf('\nAbstract.\n\n# Preface {#sec-preface}\n', front),
    'a.md':
      '# One {#sec-one}\n\n## Deep\n\n### Deeper {#sec-deeper}\n\n## Next\n\n### Below\n\n# Two\n\n> # Quoted\n',
    'b.md':
      '# Aside {.unnumbered}\n\n## Under it {#sec-under}\n\n# Three {#sec-three}\n\n#### Skipping\n\n## Own {.unnumbered}\n\n### Under own\n\n## After {#sec-after}\n',
  })
  assert.deepEqual(built.said, [
    'b.md:7:1 heading-follows Unexpected heading of level 4, expected at most `##` below one of level 1',
  ])
  assert.deepEqual(headingsOf(built), [
    ...['Preface', '1 One', '1.1 Deep', '1.1.1 Deeper', '1.2 Next', '1.2.1 Below', '2 Two', 'Quoted'],
    ...['Aside', 'Under it', '3 Three', '3.0.0.1 Skipping', 'Own', 'Under own', '3.1 After'],
  ])
  assert.deepEqual(numbersOf(built.targets), {
    'sec-preface': 'section',
    'sec-one': 'section 1',
    'sec-deeper': 'section 1.1.1',
    'sec-under': 'section',
    'sec-three': 'section 3',
    'sec-after': 'section 3.1',
  })
})

test('a report without chapters should have no numbers before its headings', async (t) => {
  const built = await build(t, { 'report.md': reportOf('\nText.\n\n# One {#sec-one}\n\n## Deep\n') })
  assert.deepEqual(headingsOf(built), ['One', 'Deep'])
})

test('figures, tables, listings and equations should be numbered over the chapters, each kind separately', async (t) => {
  const table = ["import { table } from 'weft/output'", 'export default table([{ a: 1 }])']
  const built = await build(t, {
    'report.md': reportOf(`\n$$ {#eq-first}\nx\n$$\n${cell('tbl-first', ...table)}`, front),
    'a.md': `# A\n\n\`\`\`js #lst-plain\nf()\n\`\`\`\n${cell('lst-cell', 'export const n = 1')}${cell('tbl-skipped eval=false', ...table)}`,
    'b.md': `# B\n\n$$\ny\n$$ {#eq-second}\n\n$$\nwithout\n$$\n${cell('tbl-second', ...table)}\n\n\`\`\`#lst-bare\ntext\n\`\`\`\n\n$$ z $$ {#eq-third}\n`,
  })
  assert.deepEqual(built.said, [])
  assert.deepEqual(numbersOf(built.targets), {
    'tbl-first': 'table 1',
    'lst-plain': 'listing 1',
    'lst-cell': 'listing 2',
    'tbl-second': 'table 2',
    'lst-bare': 'listing 3',
    'eq-first': 'equation 1',
    'eq-second': 'equation 2',
    'eq-third': 'equation 3',
  })
})

test('headings and equations that a cell writes should be numbered in document order', async (t) => {
  const written =
    "export default markdown('## Made {#sec-made}\\n\\n$$ {#eq-made}\\nx\\n$$\\n\\nSee @eq-later.')"
  const built = await build(t, {
    'report.md': reportOf('', { chapters: ['a.md'] }),
    'a.md': `# A\n${cell('made', "import { markdown } from 'weft/output'", written)}\n## Later {#sec-later}\n\n$$ {#eq-later}\ny\n$$\n`,
  })
  assert.deepEqual(built.said, [])
  assert.deepEqual(headingsOf(built), ['1 A', '1.1 Made', '1.2 Later'])
  assert.equal(numbersOf(built.targets)['eq-later'], 'equation 2')
})

test('a label that is already used should be reported at its place', async (t) => {
  const built = await build(t, {
    'report.md': reportOf(
      `\n# One {#sec-a}\n\n# Two {#sec-a}\n\n# Three {#lst-x}\n${cell('lst-x', 'export const n = 1')}\n$$ {#eq-a}\nx\n$$\n\n- $$ {#eq-a}\n  y\n  $$\n`,
    ),
  })
  assert.deepEqual(built.said, [
    'report.md:7:1 label-is-unique Unexpected section `#sec-a`, expected a label of its own: that of report.md:5 is the same',
    'report.md:9:1 label-is-unique Unexpected section `#lst-x`, expected a label of its own: that of report.md:11 is the same',
    'report.md:19:3 label-is-unique Unexpected equation `#eq-a`, expected a label of its own: that of report.md:15 is the same',
  ])
})

test('a label that equals an id of the page should be reported at its place', async (t) => {
  const built = await build(t, {
    'report.md': reportOf(
      `\n# One {#weft-main}\n\n# Two {#cell-one}\n${cell('one', 'export const n = 1')}\n${cell('weft-tables', 'export const m = 1')}`,
    ),
  })
  assert.deepEqual(built.said, [
    "report.md:14:1 label-is-unique Unexpected cell `#weft-tables`, expected a label of its own: those that begin with `weft-` are the page's",
    "report.md:5:1 label-is-unique Unexpected section `#weft-main`, expected a label of its own: those that begin with `weft-` are the page's",
    'report.md:7:1 label-is-unique Unexpected section `#cell-one`, expected a label of its own: that of report.md:9 is the same',
  ])
})

test('a heading that skips a level should be reported, even if it is the first one or made by a cell', async (t) => {
  const body = `\n## First\n${cell('prose', "import { markdown } from 'weft/output'", 'export default markdown("#### Made")')}`
  const skips = (level: number, rest: string) =>
    `heading-follows Unexpected heading of level ${level}, expected ${rest}`
  const titled = await build(t, { 'report.md': reportOf(body) })
  assert.deepEqual(titled.said, [
    `report.md:5:1 ${skips(2, '`#` at the first one')}`,
    `report.md:7:1 ${skips(4, 'at most `###` below one of level 2')}`,
  ])
})
