import assert from 'node:assert/strict'
import test from 'node:test'
import type { Root } from 'mdast'
import { VFile } from 'vfile'
import type { Target } from '../../../src/render/model/types.ts'
import { restoreDirectives } from '../../../src/render/syntax/directives.ts'
import { markdownProcessor } from '../../../src/render/syntax/processor.ts'
import { referenceSlips } from '../../../src/render/syntax/reference-slips.ts'
import { indexTargets, resolveReferences } from '../../../src/render/syntax/references.ts'
import { buildProject } from '../execute/build-project.ts'
import { reportOf, temporaryProject } from '../execute/temporary-project.ts'

const kinds = { fig: 'figure', tbl: 'table', sec: 'section', eq: 'equation', lst: 'listing' } as const
const labels = ['fig-a', 'fig-b', 'fig-curve', 'tbl-scores', 'sec-one', 'eq-adam', 'lst-step', 'intro']

const targets = labels.map(
  (label): Target => ({
    label,
    kind: kinds[label.split('-')[0] as keyof typeof kinds] ?? 'section',
    number: '1',
    file: 'report.md',
    position: { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } },
  }),
)

/** Gives the messages about references in a Markdown text, in a report that has the labels above. */
function saidOf(text: string, cited: readonly string[] = []): string[] {
  const file = new VFile({ path: 'report.md', value: text })
  const chapter = { file, tree: markdownProcessor().parse(text) as Root }
  restoreDirectives(chapter.tree, text)
  resolveReferences([chapter], indexTargets(targets))
  return [
    ...file.messages.map(({ reason }) => reason),
    ...referenceSlips(chapter, { targets: indexTargets(targets), isCited: (key) => cited.includes(key) }).map(
      ({ place, reason }) => `${place?.start.line}:${place?.start.column} ${reason}`,
    ),
  ]
}

test('a mistyped reference should be told of with the one that was meant', () => {
  const cases: Record<string, string> = {
    'Fig-a': 'fig-a',
    'FIG-a': 'fig-a',
    'Fig-A': 'fig-a',
    'figure-a': 'fig-a',
    'Figure-a': 'fig-a',
    'figs-a': 'fig-a',
    'fig:a': 'fig-a',
    fig_a: 'fig-a',
    'fig.a': 'fig-a',
    figa: 'fig-a',
    FigureA: 'fig-a',
    'fgi-curve': 'fig-curve',
    'tab-x': 'tbl-x',
    'tab-scores': 'tbl-scores',
    'table-scores': 'tbl-scores',
    'tbl:scores': 'tbl-scores',
    'Tbl-scores': 'tbl-scores',
    'Sec-x': 'sec-x',
    'section-one': 'sec-one',
    'sec:one': 'sec-one',
    'eqn-adam': 'eq-adam',
    'Eq-adam': 'eq-adam',
    'equation-adam': 'eq-adam',
    'listing-step': 'lst-step',
    'lst:step': 'lst-step',
    'figure-x': 'fig-x',
    'fig--a': 'fig-a',
    'fig\u2011a': 'fig-a',
    'fig\u2013a': 'fig-a',
    'chap-one': 'sec-one',
    'code-step': 'lst-step',
    'formula-adam': 'eq-adam',
  }
  for (const [name, meant] of Object.entries(cases)) {
    const words = `Unexpected reference \`@${name}\`, expected \`@${meant}\`, or a backslash before the \`@\` of other text`
    assert.deepEqual(saidOf(`See @${name}, and more.`), [`1:5 ${words}`])
    assert.deepEqual(saidOf(`- (*@${name}*)`), [`1:5 ${words}`])
    assert.deepEqual(saidOf(`See \\@${name}.`), [], name)
  }
  assert.match(
    saidOf('See @intro.')[0]!,
    /^1:5 Unexpected reference `@intro`, expected a label that begins with `fig-`/,
  )
})

test('a reference that is glued to other words or stands in brackets should be told of', () => {
  const cases: [string, RegExp][] = [
    ['See @fig-a/@fig-b.', /^1:12 Unexpected `@fig-b` directly after `\/`/],
    ['See fig-a/@fig-b.', /^1:11 Unexpected `@fig-b` directly after `\/`/],
    ['See fig-a/@fig-curv.', /^1:11 Unexpected `@fig-curv` directly after `\/`/],
    ['See@fig-a.', /^1:4 Unexpected `@fig-a` directly after `e`/],
    ['See @@fig-a.', /^1:6 Unexpected `@fig-a` directly after `@`/],
    ['See 1@fig-a.', /^1:6 Unexpected `@fig-a`/],
    ['See [@fig-a].', /^1:5 Unexpected brackets around the reference to “Figure\u00a01”/],
    ['See [-@fig-a].', /^1:5 Unexpected brackets/],
    ['See [@fig-a; @fig-b].', /^1:5 Unexpected brackets/],
    ['See @ fig-a.', /^1:5 Unexpected reference `@ fig-a`, expected `@fig-a`$/],
    ['See @fig a.', /^1:5 Unexpected reference `@fig a`, expected `@fig-a`$/],
    ['See @fig- a.', /^1:5 Unexpected reference `@fig- a`, expected `@fig-a`$/],
    ['See @figure a.', /^1:5 Unexpected reference `@figure a`, expected `@fig-a`$/],
    ['See \uff20fig-a.', /^1:5 Unexpected reference `\uff20fig-a`, expected `@fig-a`$/],
    ['See @Figure 1.', /^1:5 Unexpected reference `@Figure 1`, expected a label/],
    ['See @fig-a@fig-b.', /^1:11 Unexpected `@fig-b` directly after/],
    ['See [@fig-a, @fig-b].', /^1:5 Unexpected brackets/],
    ['See [@fig-a and @fig-b].', /^1:5 Unexpected brackets/],
    ['See fig-a.', /^1:5 Unexpected label `fig-a` in the text, expected `@fig-a` for a reference$/],
    ['See #fig-a.', /^1:5 Unexpected label `#fig-a`/],
    ['See [fig-a].', /^1:6 Unexpected label `fig-a`/],
    ['See [[tbl-scores]].', /^1:7 Unexpected label `tbl-scores`/],
    ['See {fig-a}.', /^1:5 Unexpected label `#fig-a` in the text/],
    ['# One {sec-x}', /^1:7 Unexpected `\{sec-x\}` at a heading, expected `\{#sec-x\}` for its label$/],
    ['# One {# sec-x}', /^1:7 Unexpected `\{# sec-x\}` at a heading, expected `\{#sec-x\}`/],
    ['# One #sec-x', /^1:7 Unexpected `#sec-x` at a heading, expected `\{#sec-x\}`/],
    ['Text \\label{fig-x}', /^1:6 Unexpected `\\label\{fig-x\}`, expected a label/],
    ['By \\cite{doe}.', /^1:4 Unexpected `\\cite\{doe\}`, expected `\[@doe\]` for a citation$/],
    ['See \\ref{fig-a}.', /^1:5 Unexpected `\\ref\{fig-a\}`, expected `@fig-a` for a reference$/],
    ['See \\autoref{fig:a}.', /^1:5 Unexpected .* expected `@fig-a`/],
    ['See \\cref{table:scores}.', /^1:5 Unexpected .* expected `@tbl-scores`/],
    ['![A dot](a.png){#fig-dot}', /^1:16 Unexpected label `#fig-dot` in the text/],
    ['![A dot](a.png){#fig-dot width=50%}', /^1:16 Unexpected label `#fig-dot`/],
    [': Scores {#tbl-x}', /^1:10 Unexpected label `#tbl-x`/],
    ['Text {#sec-x}', /^1:6 Unexpected label `#sec-x`/],
  ]
  for (const [text, expected] of cases) {
    const said = saidOf(text)
    assert.equal(said.length, 1, `${text}: ${said}`)
    assert.match(said[0]!, expected, text)
  }
})

test('references as they should be, handles, addresses and packages should not be told of', () => {
  for (const text of [
    'See @fig-a, @tbl-scores, @sec-one, @eq-adam and @lst-step.',
    'See (@fig-a), @fig-a-@fig-b and [see @fig-a].',
    'Both \\[@fig-a].',
    'By @alice, @bob-smith and @carol_x.',
    'Write to me@example.org or me@fig-lab.org.',
    'Write to tables@section-office.example.org.',
    'Use @figma or @tables.',
    'Use @scope/package and @table-lib/core.',
    'Use `@Fig-a` and `@tab-x` in code.',
    'From [a link](https://example.org/@fig-tree).',
    'From https://example.org/@fig-tree/x and <https://example.org/@Fig-a>.',
    'npm/@fig-tree is there.',
    'At 5 @ 10 EUR, @ home.',
    'See \\@Fig-a and \\{#fig-x}.',
    'The set {a} and {#1}.',
    '$\\ref{fig-a}$ is a formula.',
    'The @doe2020 and [@doe2020, p. 3].',
    'C# and #fig-x.',
    'A @media rule, @import and @font-face.',
    '# A heading {#sec-x .other wrong}',
    '@param and @returns of a docstring.',
    '@section without more.',
    'By @chap-two and @code-review.',
    'A fig-tree, an eq-1 and a sec-two.',
    'See [@fig-a, left] and [a, @fig-a].',
    'From https://example.org/fig-a and fig-a/b.',
    'See [fig-a](#fig-a).',
    'C# code-step, non-fig-a.',
  ])
    assert.deepEqual(saidOf(text), [], text)
  assert.deepEqual(saidOf('By @Fig-a and @intro.', ['Fig-a', 'intro']), [])
})

test('a mistyped reference should be told of once in a report with a bibliography', async (t) => {
  const bib = '@misc{tab-one, title = {One}}\n'
  const body = 'See @Fig-a, @tab-one and @nobody.\n'
  const root = temporaryProject(t, {
    'report.md': reportOf(body, { bibliography: 'a.bib' }),
    'a.bib': bib,
  })
  assert.deepEqual((await buildProject(root)).said, [
    'report.md:4:5 reference-resolves Unexpected reference `@Fig-a`, expected `@fig-a`, or a backslash before the `@` of other text',
    'report.md:4:26 citation-resolves Unknown citation `@nobody`, expected the key of an entry of the bibliography',
  ])
})
