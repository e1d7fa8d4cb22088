import type { Member } from './schema.ts'

/** What an author of another tool writes, as Weft has it: a member with its value, or what to write instead. */
type Meaning =
  | { readonly member: Member; readonly value: unknown }
  | { readonly instead: string }
  /** It says what Weft does anyway. */
  | 'given'

type Translate = (value: unknown) => Meaning

const as =
  (member: Member): Translate =>
  (value) => ({ member, value })
const instead =
  (text: string): Translate =>
  () => ({ instead: text })
// Weft does it anyway, so that only the opposite needs an answer.
const always =
  (text: string): Translate =>
  (value) =>
    value === false ? { instead: text } : 'given'

const style = instead('Weft has one look: change it with a style sheet, `css: style.css`')
const none = instead('Weft has no such setting: remove it')
const cells = instead('Weft runs `ts exec` cells: remove it')
const kept = instead('Weft keeps results itself, and runs again what changed: remove it')
const font = instead(
  'write a style sheet, `css: style.css`, with `@font-face { font-family: Own; src: url(own.woff2) }` and `body { font-family: Own }`',
)
const words = instead('the words of the page follow `lang`: remove it')
const asText = instead('it is not printed: write it as text in report.md')
const figures = instead('write the size in the cell that draws the figure')
const latex = instead('Weft does not use LaTeX: change the look with a style sheet, `css: style.css`')

// What a class of LaTeX says of chapters; of the rest of its look nothing is kept.
function classOf(value: unknown): Meaning {
  const name = String(value)
  if (/article|^scrartcl$/.test(name)) return 'given'
  return /report|book|^scrreprt$/.test(name) ? { member: 'chapterbreak', value: 'page' } : latex(value)
}

/** Names of Quarto, Pandoc, R Markdown and Jupyter, with `-` for `_` and in small letters. */
export const otherNames: { readonly [name: string]: Translate } = {
  toc: as('contents'),
  'table-of-contents': as('contents'),
  tableofcontents: as('contents'),
  authors: as('author'),
  'by-author': as('author'),
  affiliation: instead('write it at its author: `author: [{ name: A. Student, affiliation: University }]`'),
  institute: instead('write it at its author: `author: [{ name: A. Student, affiliation: University }]`'),
  'number-sections': as('numbersections'),
  'list-of-figures': as('lof'),
  'list-of-tables': as('lot'),
  language: as('lang'),
  locale: as('lang'),
  tags: as('keywords'),
  categories: as('keywords'),
  'line-height': as('linestretch'),
  linestretch: as('linestretch'),
  papersize: (value) => ({ member: 'papersize', value: paperName(value) }),
  'paper-size': (value) => ({ member: 'papersize', value: paperName(value) }),
  geometry: geometry,
  'margin-left': (value) => ({ member: 'margin', value: { left: value } }),
  'margin-right': (value) => ({ member: 'margin', value: { right: value } }),
  'margin-top': (value) => ({ member: 'margin', value: { top: value } }),
  'margin-bottom': (value) => ({ member: 'margin', value: { bottom: value } }),
  classoption: (value) =>
    [value].flat().every((one) => one === 'twocolumn')
      ? { member: 'columns', value: 2 }
      : [value].flat().every((one) => one === 'onecolumn' || one === 'oneside')
        ? 'given'
        : { instead: 'write `columns: 2` for two columns; Weft has no other options of LaTeX classes' },
  echo: (value) => ({ member: 'echo', value: echoOf(value) }),
  date: (value) => ({ member: 'date', value: value === 'now' ? 'today' : value }),
  'embed-resources': always('the page of a report always holds all that it needs: remove it'),
  'self-contained': always('the page of a report always holds all that it needs: remove it'),
  'link-citations': always('citations always link to the list of references: remove it'),
  'code-copy': always('code can always be copied: remove it'),
  'html-math-method': (value) =>
    value === 'katex' ? 'given' : { instead: 'formulas are drawn by KaTeX: remove it' },
  'title-block-style': style,
  theme: style,
  'highlight-style': style,
  'syntax-highlighting': style,
  'page-layout': style,
  grid: style,
  fontcolor: style,
  backgroundcolor: style,
  linkcolor: style,
  'toc-location': style,
  'include-in-header': latex,
  'include-before-body': instead('write it in report.md'),
  'include-after-body': instead('write it in the last chapter'),
  'header-includes': latex,
  documentclass: classOf,
  'pdf-engine': latex,
  'latex-engine': latex,
  'keep-tex': latex,
  template: latex,
  'template-partials': latex,
  'cite-method': instead('citations follow `csl: style.csl`: remove it'),
  'csl-refs': none,
  mainfont: font,
  sansfont: font,
  monofont: font,
  mathfont: font,
  fontfamily: font,
  'toc-title': words,
  'abstract-title': words,
  'lof-title': words,
  'lot-title': words,
  crossref: words,
  'date-format': instead('the date is written as `lang` has it: remove it'),
  'number-depth': instead('write `# Heading {.unnumbered}` at headings that are not to have a number'),
  secnumdepth: instead('write `# Heading {.unnumbered}` at headings that are not to have a number'),
  thanks: asText,
  description: asText,
  doi: asText,
  license: asText,
  copyright: asText,
  funding: asText,
  citation: asText,
  acknowledgements: asText,
  nocite: instead('cite each work in the text, or take it out of the bibliography'),
  'fig-width': figures,
  'fig-height': figures,
  'fig-asp': figures,
  'fig-dpi': figures,
  'fig-format': figures,
  'fig-align': style,
  'fig-cap-location': style,
  'tbl-cap-location': style,
  'df-print': none,
  'code-tools': none,
  'code-overflow': style,
  'code-line-numbers': none,
  'code-link': none,
  'code-summary': words,
  'anchor-sections': none,
  'smooth-scroll': none,
  'link-external-newwindow': none,
  'link-external-icon': none,
  'citations-hover': none,
  'footnotes-hover': none,
  standalone: always('the page of a report is always whole: remove it'),
  'keep-md': none,
  'fig-responsive': none,
  'reference-location': none,
  'citation-location': none,
  colorlinks: style,
  engine: cells,
  knitr: cells,
  jupyter: cells,
  kernelspec: cells,
  jupytext: cells,
  'ipynb-filters': cells,
  server: cells,
  runtime: cells,
  filters: instead('Weft has no filters: remove it'),
  shortcodes: instead('write a value, `{ts} expression`'),
  editor: instead('it is a setting of an editor: remove it'),
  'editor-options': instead('it is a setting of an editor: remove it'),
  project: instead('name the chapters: `chapters: [intro.md, method.md]`'),
  book: instead('name the chapters: `chapters: [intro.md, method.md]`'),
  website: instead('name the chapters: `chapters: [intro.md, method.md]`'),
  appendices: instead(
    'name them in `chapters`, and write `{.appendix}` behind the first heading of the first: `# Proofs {.appendix}`',
  ),
  cache: kept,
  freeze: kept,
  warning: instead('warnings are shown on the console: remove it'),
  message: instead('messages are shown on the console: remove it'),
  error: instead('a cell that fails is an error: remove it'),
  eval: instead('write `eval=false` at the fence of each cell that is not to run'),
  output: instead('a cell shows its default export: leave it out where nothing is to be shown'),
  include: instead('write `echo=hide` at the fence, and no default export'),
  daemon: cells,
  enabled: cells,
  bib: as('bibliography'),
  references: as('bibliography'),
  'citation-style': as('csl'),
  creator: as('author'),
  byline: as('author'),
  files: as('chapters'),
  pages: as('chapters'),
  parameters: as('params'),
  variables: as('params'),
  summary: as('abstract'),
  stylesheet: as('css'),
}

function echoOf(value: unknown): unknown {
  if (value === true || value === 'fenced') return 'show'
  return value === false ? 'hide' : value
}

// LaTeX and Typst have names of their own.
function paperName(value: unknown): unknown {
  if (typeof value !== 'string') return value
  return value
    .toLowerCase()
    .replace(/^us-/, '')
    .replace(/^iso-/, '')
    .replace(/paper$/, '')
}

const sides: { readonly [name: string]: readonly string[] } = {
  margin: ['x', 'y'],
  hmargin: ['x'],
  vmargin: ['y'],
  top: ['top'],
  tmargin: ['top'],
  bottom: ['bottom'],
  bmargin: ['bottom'],
  left: ['left'],
  lmargin: ['left'],
  inner: ['left'],
  right: ['right'],
  rmargin: ['right'],
  outer: ['right'],
}

// `margin=1in`, `[top=20mm, left=25mm]`, or a list of such texts.
function geometry(value: unknown): Meaning {
  const parts = [value].flat().flatMap((one) => String(one).split(','))
  const margin: Record<string, string> = {}
  for (const part of parts) {
    const [, name, length] = /^\s*(\w+)\s*=\s*(\S+)\s*$/.exec(part) ?? []
    const named = name === undefined ? undefined : sides[name]
    if (!named)
      return {
        instead: 'write the margins: `margin: 25mm`, or `margin: { top: 25mm, x: 2cm }`, and `papersize: a4`',
      }
    for (const side of named) margin[side] = length!
  }
  return { member: 'margin', value: margin }
}
