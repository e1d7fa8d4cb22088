import type { Rule } from '../../src/render/model/rules.ts'

/** What the guide says of a rule. A test builds what breaks it and what cures it. */
export interface RuleExample {
  /** A report, or its body, that breaks the rule; none where a report alone cannot. */
  readonly breaks?: string
  /** The same, cured. */
  readonly cures?: string
  /** Why, or what to do, in a sentence or two. */
  readonly words: string
  /** Whether the fault shows only when the page is made. */
  readonly isOfPage?: boolean
}

const f = '```'

const cell = (label: string, ...lines: readonly string[]) =>
  `${f}ts exec #${label}\n${lines.join('\n')}\n${f}`

const rain = cell(
  'rain',
  "import days from './data/rain.csv'",
  '',
  'export const wet = days.filter(({ millimetres }) => millimetres > 0).length',
)

/** Each rule with an example and its cure. */
export const ruleExamples: { readonly [rule in Rule]: RuleExample } = {
  'front-matter-holds': {
    breaks: '---\ntitle: Rain\nauhtor: A. Student\n---\n',
    cures: '---\ntitle: Rain\nauthor: A. Student\n---\n',
    words:
      'Names of Quarto are understood where the meaning is the same; others are named with what to write instead.',
  },
  'chapter-exists': {
    breaks: '---\ntitle: Rain\nchapters: [rains.md]\n---\n',
    cures: '---\ntitle: Rain\nchapters: [rain.md]\n---\n',
    words: 'Names are relative to the folder of `report.md`. Save files as UTF-8.',
  },
  'cell-is-recognized': {
    breaks: `${f}ts exce #rain\nexport const n = 3\n${f}`,
    cures: `${f}ts exec #rain\nexport const n = 3\n${f}`,
    words: 'What is not recognised does not run. A fence needs an end, and no back-tick on its first line.',
  },
  'value-is-recognized': {
    breaks: 'It is `{ts}3`.',
    cures: 'It is `{ts} params.n`, written `` `{ts} params.n` ``.',
    words: 'After `` {ts} `` stands a space. Two back-ticks on each side show a value as code.',
  },
  'directive-is-known': {
    breaks: ':::note2\nText.\n:::',
    cures: ':::note\nText.\n:::',
    words: 'A backslash before a colon keeps it text.',
  },
  'label-is-given': {
    breaks: cell('Rain', 'export const n = 3'),
    cures: cell('rain', 'export const n = 3'),
    words: 'Labels begin with a small letter and have small letters, digits and hyphens.',
  },
  'label-is-unique': {
    breaks: '# One {#sec-rain}\n\n# Two {#sec-rain}',
    cures: '# One {#sec-rain}\n\n# Two {#sec-snow}',
    words: 'Labels are unique over all chapters, without regard to capitals.',
  },
  'option-is-known': {
    breaks: `${f}ts exec #rain tiemout=3s\nexport const n = 3\n${f}`,
    cures: `${f}ts exec #rain timeout=3s\nexport const n = 3\n${f}`,
    words: '@sec-options lists all options.',
  },
  'name-is-free': {
    breaks: `${cell('one', 'export const n = 3')}\n\n${cell('two', 'export const n = 4')}`,
    cures: `${cell('one', 'export const n = 3')}\n\n${cell('two', 'export const m = 4')}`,
    words: 'Exports are known by their bare names in all later cells, so a name is exported once.',
  },
  'cell-bundles': {
    breaks: cell('rain', "import days from './data/rains.csv'", '', 'export const n = days.length'),
    cures: cell('rain', "import days from './data/rain.csv'", '', 'export const n = days.length'),
    words: 'Imports mean the Markdown file. A package of npm must be installed in the project.',
  },
  'types-agree': {
    breaks: cell('rain', 'export const n: string = 3'),
    cures: cell('rain', 'export const n: number = 3'),
    words:
      'A build warns of it; `weft types` and `--strict` make it an error. It needs TypeScript: `npx weft add types`.',
    isOfPage: true,
  },
  'cell-runs': {
    breaks: cell('rain', "throw new Error('no rain')"),
    cures: cell('rain', 'export const n = 3'),
    words:
      'The message has the place in the cell. A cell that takes longer than a minute gets more by `timeout=5min`, or becomes an experiment.',
  },
  'cell-has-inputs': {
    breaks: `${cell('one', "throw new Error('no rain')", 'export const n = 3')}\n\n${cell('two', 'export const m = n + 1')}`,
    cures: `${cell('one', 'export const n = 3')}\n\n${cell('two', 'export const m = n + 1')}`,
    words: 'Mend the cell that failed; this one then runs.',
  },
  'result-is-json': {
    breaks: cell('rain', 'export const mean = 0 / 0'),
    cures: cell('rain', 'export const mean = null'),
    words:
      'Exports are numbers that are finite, texts, booleans, null, lists and records of these. A Map becomes a list, a Date a text.',
  },
  'result-is-current': {
    words:
      'With `--cached`, nothing runs: a result that is missing or of older sources is marked on the page. Build without `--cached`.',
  },
  'result-is-reproducible': {
    words:
      'Two computations of one key gave two results. Look for the clock, chance without a seed, or a file outside of the project.',
  },
  'cell-is-pure': {
    breaks: cell('now', "export default new Date().getFullYear() > 2000 ? 'late' : 'early'"),
    cures: `---\ntitle: Rain\nparams: { full: { day: 2026-11-30 } }\n---\n\n${cell('now', "export default String(params.day).startsWith('19') ? 'early' : 'late'")}`,
    words:
      'Pass the time in as a param, draw chance from a seed, keep what a network answers in a file. Times of a job go through `measure`.',
  },
  'result-is-whole': {
    words: 'A file of `freeze` was changed by hand, or cut. It is told of and computed again.',
  },
  'output-renders': {
    breaks: cell(
      'fig-rain',
      "import { figure } from 'weft/output'",
      '',
      "export default figure({ data: { values: [{ a: 1 }] }, mark: 'bra' }, { alt: 'A bar.' })",
    ),
    cures: cell(
      'fig-rain',
      "import { figure } from 'weft/output'",
      "import days from './data/rain.csv'",
      '',
      'export default figure(',
      "  { data: { values: days }, mark: 'bar', encoding: { y: { field: 'day' }, x: { field: 'millimetres', type: 'quantitative' } } },",
      "  { alt: 'Seven bars.', caption: 'Rain.' },",
      ')',
    ),
    words: 'The message has the path in the specification and the nearest word.',
  },
  'figure-has-alt': {
    breaks: cell(
      'rain',
      "import { figure } from 'weft/output'",
      '',
      "export default figure({ data: { values: [{ a: 1 }] }, mark: 'bar' }, { alt: '' })",
    ),
    cures: cell(
      'rain',
      "import { figure } from 'weft/output'",
      "import days from './data/rain.csv'",
      '',
      'export default figure(',
      "  { data: { values: days }, mark: 'bar', encoding: { y: { field: 'day' }, x: { field: 'millimetres', type: 'quantitative' } } },",
      "  { alt: 'Seven bars, the middle ones high.' },",
      ')',
    ),
    words: 'Say what it shows to somebody who cannot see it.',
  },
  'value-resolves': {
    breaks: `${rain}\n\nIt rained on \`{ts} count(wett)\` days.`,
    cures: `${rain}\n\nIt rained on \`{ts} count(wet)\` days.`,
    words: 'The message has the nearest name. A record has no text: name a member of it, or format it.',
  },
  'claim-holds': {
    breaks: `${rain}\n\n:claim[It rained each day]{that='wet === 7'}.`,
    cures: `${rain}\n\n:claim[It rained on most days]{that='wet > 3'}.`,
    words: 'The message has the values of both sides. Change the sentence, not the condition alone.',
  },
  'claim-is-clear': {
    words:
      'The claim compares means over seeds, and other seeds might turn it. Add seeds, or claim less: `isHigherOnEverySeed`.',
  },
  'number-has-source': {
    breaks: `${rain}\n\nOn average 3.74 mm fell.`,
    cures: "The gauge holds :given[40.5 mm]{from='its manual'}.",
    words: 'Put the value in the place of the number, or say where it comes from.',
  },
  'data-is-typed': {
    breaks: cell('birds', "import birds from './data/birds.csv'", '', 'export const species = birds.length'),
    cures: cell(
      'birds',
      "import birds from './data/birds.csv' with { missing: 'NA' }",
      '',
      'export const species = birds.length',
    ),
    words:
      'A column of numbers with a few words stays text as a whole. Say which words mean that a value is missing.',
  },
  'number-has-origin': {
    breaks: `${cell('typed', 'export const accuracy = 0.912')}\n\nIt is \`{ts} percent(accuracy)\`.`,
    cures: `${rain}\n\nIt is \`{ts} count(wet)\`.`,
    words: 'A number that is typed in a cell is typed all the same. Read it from a file, or make it a param.',
  },
  'heading-follows': {
    breaks: '# Rain\n\n### Deep',
    cures: '# Rain\n\n## Deep',
    words: 'A chapter begins with `#`.',
  },
  'reference-resolves': {
    breaks: '# Rain {#sec-rain}\n\nSee @sec-rains.',
    cures: '# Rain {#sec-rain}\n\nSee @sec-rain. Write to me\\@home.',
    words: 'The message has the nearest label. A backslash keeps an `@` text.',
  },
  'register-is-known': {
    breaks: '::register{of=package}',
    cures: '::register{of=packages}',
    words: '@sec-numbers lists the registers.',
  },
  'bibliography-reads': {
    breaks: '---\ntitle: Rain\nbibliography: broken.bib\n---\n\nSee [@doe].',
    cures:
      '---\ntitle: Rain\nbibliography: references.bib\n---\n\nSee [@anscombe1973graphs; @efron1993bootstrap].',
    words: 'The message stands at the entry. The others are read all the same.',
  },
  'citation-resolves': {
    breaks:
      '---\ntitle: Rain\nbibliography: references.bib\n---\n\nSee [@anscomb1973graphs; @anscombe1973graphs; @efron1993bootstrap].',
    cures:
      '---\ntitle: Rain\nbibliography: references.bib\n---\n\nSee [@anscombe1973graphs; @efron1993bootstrap].',
    words: 'The message has the nearest key.',
  },
  'entry-is-cited': {
    breaks: '---\ntitle: Rain\nbibliography: references.bib\n---\n\nSee [@anscombe1973graphs].',
    cures:
      '---\ntitle: Rain\nbibliography: references.bib\n---\n\nSee [@anscombe1973graphs; @efron1993bootstrap].',
    words: 'Cite it, or take it out of the file.',
  },
  'math-renders': {
    breaks: 'Half: $\\frac{1}$.',
    cures: 'Half: $\\frac{1}{2}$.',
    words: 'Formulas are those of KaTeX.',
    isOfPage: true,
  },
  'character-prints': {
    breaks: 'A reed: &#x131CB;.',
    cures: 'A reed: ⟨reed⟩.',
    words: 'No font that Weft brings has it. Bring one by `css:`, or take an image.',
    isOfPage: true,
  },
  'section-fits': {
    words: '`# Rain {#sec-rain pages=2}` bounds a section. Shorten its text, or raise the bound.',
  },
  'page-is-proved': {
    words:
      '`--prove` read the print back and did not find a value, a table cell or a caption in its place. Styles of your own may hide or cut it.',
  },
  'report-is-harmless': {
    breaks: '<script>alert(1)</script>\n\nText.',
    cures: 'Text.',
    words: 'Programs in HTML are left out of the page. Your own report keeps them by `html: trusted`.',
    isOfPage: true,
  },
  'page-is-self-contained': {
    breaks: '![A gauge](https://example.org/gauge.png)',
    cures: '![A gauge](gauge.svg)',
    words: 'Keep the file in the project: the page asks nothing of the network.',
    isOfPage: true,
  },
}
