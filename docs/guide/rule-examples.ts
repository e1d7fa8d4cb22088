import type { Rule } from '../../src/render/model/rules.ts'

/** What the guide says of a rule. A test builds what breaks it and what cures it. */
export interface RuleExample {
  /** A report, or its body, that breaks the rule; none where a report alone cannot. */
  readonly breaks?: string
  /** The same, fixed. */
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

/** Each rule with an example and its fix. */
export const ruleExamples: { readonly [rule in Rule]: RuleExample } = {
  'front-matter-holds': {
    breaks: '---\ntitle: Rain\nauhtor: A. Student\n---\n',
    cures: '---\ntitle: Rain\nauthor: A. Student\n---\n',
    words:
      'Names of Quarto that mean the same are understood; for others the message says what to write instead.',
  },
  'chapter-exists': {
    breaks: '---\ntitle: Rain\nchapters: [rains.md]\n---\n',
    cures: '---\ntitle: Rain\nchapters: [rain.md]\n---\n',
    words: 'Names are relative to the folder of `report.md`. Save files as UTF-8.',
  },
  'cell-is-recognized': {
    breaks: `${f}ts exce #rain\nexport const n = 3\n${f}`,
    cures: `${f}ts exec #rain\nexport const n = 3\n${f}`,
    words:
      'Only recognized cells run. A fence must be closed, and its first line cannot contain a back-tick.',
  },
  'value-is-recognized': {
    breaks: 'It is `{ts}3`.',
    cures: 'It is `{ts} params.n`, written `` `{ts} params.n` ``.',
    words: 'Write a space after `` {ts} ``. To show a value as code, put two back-ticks on each side.',
  },
  'directive-is-known': {
    breaks: ':::note2\nText.\n:::',
    cures: ':::note\nText.\n:::',
    words: 'With a backslash before it, a colon is text.',
  },
  'label-is-given': {
    breaks: cell('Rain', 'export const n = 3'),
    cures: cell('rain', 'export const n = 3'),
    words: 'A label has small letters, digits and hyphens, and begins with a letter.',
  },
  'label-is-unique': {
    breaks: '# One {#sec-rain}\n\n# Two {#sec-rain}',
    cures: '# One {#sec-rain}\n\n# Two {#sec-snow}',
    words: 'Labels are unique over all chapters; capitals make no difference.',
  },
  'option-is-known': {
    breaks: `${f}ts exec #rain tiemout=3s\nexport const n = 3\n${f}`,
    cures: `${f}ts exec #rain timeout=3s\nexport const n = 3\n${f}`,
    words: '@sec-options lists all options.',
  },
  'name-is-free': {
    breaks: `${cell('one', 'export const n = 3')}\n\n${cell('two', 'export const n = 4')}`,
    cures: `${cell('one', 'export const n = 3')}\n\n${cell('two', 'export const m = 4')}`,
    words: 'Later cells use exports by their bare names, so two cells cannot export the same name.',
  },
  'cell-bundles': {
    breaks: cell('rain', "import days from './data/rains.csv'", '', 'export const n = days.length'),
    cures: cell('rain', "import days from './data/rain.csv'", '', 'export const n = days.length'),
    words: 'Imports are relative to the Markdown file. A package must be installed in the project.',
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
      'The message has the place in the cell. A cell may take a minute: give it more with `timeout=5min`, or make it an experiment.',
  },
  'cell-has-inputs': {
    breaks: `${cell('one', "throw new Error('no rain')", 'export const n = 3')}\n\n${cell('two', 'export const m = n + 1')}`,
    cures: `${cell('one', 'export const n = 3')}\n\n${cell('two', 'export const m = n + 1')}`,
    words: 'Fix the failed cell; then this one runs.',
  },
  'result-is-json': {
    breaks: cell('rain', 'export const mean = 0 / 0'),
    cures: cell('rain', 'export const mean = null'),
    words:
      'Exports are finite numbers, texts, booleans, dates, null, and lists and records of these. A Map becomes a list.',
  },
  'result-is-current': {
    words:
      'With `--cached` nothing runs: a missing or stale result is marked on the page. Build without `--cached`.',
  },
  'result-is-reproducible': {
    words:
      'Two computations of one key gave two results. Look for the clock, chance without a seed, or a file outside the project.',
  },
  'cell-is-pure': {
    breaks: cell('now', "export default new Date().getFullYear() > 2000 ? 'late' : 'early'"),
    cures: `---\ntitle: Rain\nparams: { full: { day: 2026-11-30 } }\n---\n\n${cell('now', "export default String(params.day).startsWith('19') ? 'early' : 'late'")}`,
    words:
      'Pass the time in as a param, draw chance from a seed, keep what a network answers in a file. Times of a job go through `measure`.',
  },
  'result-is-whole': {
    words: 'A file of `freeze` was changed by hand or is incomplete. Weft computes the result again.',
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
      'The claim compares means over seeds, and could be false with other seeds. Add seeds, or make the claim about these seeds alone: `isHigherOnEverySeed`.',
  },
  'number-has-source': {
    breaks: `${rain}\n\nOn average 3.74 mm fell.`,
    cures: "The gauge holds :given[40.5 mm]{from='its manual'}.",
    words: 'Replace the number by the value, or say where it comes from.',
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
    words: 'A number typed into a cell is a typed number too. Read it from a file, or make it a param.',
  },
  'heading-follows': {
    breaks: '# Rain\n\n### Deep',
    cures: '# Rain\n\n## Deep',
    words: 'A chapter begins with `#`.',
  },
  'reference-resolves': {
    breaks: '# Rain {#sec-rain}\n\nSee @sec-rains.',
    cures: '# Rain {#sec-rain}\n\nSee @sec-rain. Write to me\\@home.',
    words: 'The message has the nearest label. With a backslash before it, an `@` is text.',
  },
  'register-is-known': {
    breaks: '::register{of=package}',
    cures: '::register{of=packages}',
    words: '@sec-numbers lists the registers.',
  },
  'requirement-is-answered': {
    breaks:
      "---\ntitle: Rain\nrequirements: [{ item: 'Where does it rain?', answer: sec-rains }]\n---\n\n# Rain {#sec-rain}",
    cures:
      "---\ntitle: Rain\nrequirements: [{ item: 'Where does it rain?', answer: sec-rain }]\n---\n\n# Rain {#sec-rain}",
    words: 'The message has the place of the answer, and the nearest label. @sec-submission says more.',
  },
  'bibliography-reads': {
    breaks: '---\ntitle: Rain\nbibliography: broken.bib\n---\n\nSee [@doe].',
    cures:
      '---\ntitle: Rain\nbibliography: references.bib\n---\n\nSee [@anscombe1973graphs; @efron1993bootstrap].',
    words: 'The message has the place of the entry. The other entries are read all the same.',
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
    words: 'Cite it, or remove it from the file.',
  },
  'math-renders': {
    breaks: 'Half: $\\frac{1}$.',
    cures: 'Half: $\\frac{1}{2}$.',
    words: 'KaTeX sets the formulas.',
    isOfPage: true,
  },
  'character-prints': {
    breaks: 'A reed: &#x131CB;.',
    cures: 'A reed: ⟨reed⟩.',
    words: 'None of the fonts has it. Add a font with `fonts:` or `css:`, or use an image.',
    isOfPage: true,
  },
  'section-fits': {
    words:
      '`# Rain {#sec-rain pages=2}` limits the length of a section. Shorten its text, or allow more pages.',
  },
  'page-is-proved': {
    words:
      '`--prove` read the print back and did not find a value, a table cell or a caption in its place. Your own styles may hide it or cut it off.',
  },
  'report-is-harmless': {
    breaks: '<script>alert(1)</script>\n\nText.',
    cures: 'Text.',
    words:
      'Scripts in HTML are left out of the page. To keep them in your own report, write `html: trusted`.',
    isOfPage: true,
  },
  'page-is-self-contained': {
    breaks: '![A gauge](https://example.org/gauge.png)',
    cures: '![A gauge](gauge.svg)',
    words: 'Keep the file in the project: the page loads nothing from the network.',
    isOfPage: true,
  },
}
