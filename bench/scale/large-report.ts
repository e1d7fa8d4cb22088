import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { home } from '../home.ts'

/** How large a report is. */
export interface Size {
  readonly cells: number
  /** How many of the cells show a figure; as many others show a table. */
  readonly figures: number
  readonly jobs: number
}

const cellsOfChapter = 50
const pointsOfFigure = 20

/**
 * Writes a report of trivial cells into an empty folder, as a project that has Weft installed: 50 cells a chapter, each
 * with a heading, two sentences and a value, figures and tables spread evenly. Its jobs are those of one sweep.
 */
export function writeLargeReport(folder: string, size: Size): void {
  mkdirSync(join(folder, 'node_modules'), { recursive: true })
  symlinkSync(home, join(folder, 'node_modules/weft'), 'junction')
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  const chapters = Math.ceil(size.cells / cellsOfChapter)
  const names = Array.from({ length: chapters }, (_, index) => `chapter-${index + 1}.md`)
  for (const [index, name] of names.entries()) writeFileSync(join(folder, name), chapterOf(index, size))
  if (size.jobs > 0) writeFileSync(join(folder, 'trivial.ts'), experiment)
  const front = [
    'title: A large report',
    'date: 2026-11-30',
    'lang: en',
    'echo: hide',
    'contents: true',
    'params:',
    '  full:',
    '    first: 0.25',
  ]
  const list = names.length > 0 ? ['chapters:', ...names.map((name) => `  - ${name}`)] : []
  const sweep = size.jobs > 0 ? sweepOf(size.jobs) : ''
  writeFileSync(join(folder, 'report.md'), `---\n${[...front, ...list].join('\n')}\n---\n\n${sweep}`)
}

/** The edits that a rebuild is measured after: each replaces the first such text of `chapter-1.md`. */
export const edits = {
  word: { from: 'This section has', to: 'This section still has' },
  cell: { from: 'const start1 = params.first + 1\n', to: 'const start1 = params.first + 1.5\n' },
} as const

function chapterOf(chapter: number, { cells, figures }: Size): string {
  const first = chapter * cellsOfChapter + 1
  const last = Math.min(cells, first + cellsOfChapter - 1)
  const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index)
  return `# Chapter ${chapter + 1}\n\n${numbers.map((number) => section(number, kindOf(number, cells, figures))).join('\n')}`
}

// Every fifth cell is a figure and the one after it a table, where a fifth of the cells are figures.
function kindOf(number: number, cells: number, figures: number): 'figure' | 'table' | 'number' {
  const isStep = (at: number) => Math.floor((at * figures) / cells) > Math.floor(((at - 1) * figures) / cells)
  if (isStep(number)) return 'figure'
  return isStep(number - 1) ? 'table' : 'number'
}

function section(number: number, kind: 'figure' | 'table' | 'number'): string {
  const shown = { figure: figureOf, table: tableOf, number: () => '' }[kind](number)
  const label = `${{ figure: 'fig-', table: 'tbl-', number: '' }[kind]}part${number}`
  const reference = kind === 'number' ? '' : ` See @${label}.`
  const imports = kind === 'number' ? '' : `import { ${kind} } from 'weft/output'\n`
  return `## Part ${number}

This section has a cell that adds a few numbers, and this sentence gives the reader something more to read.
The sum is \`{ts} fixed(sum${number}, 1)\`.${reference}

\`\`\`ts exec #${label}
${imports}const start${number} = params.first + ${number}
export const sum${number} = Array.from({ length: 10 }, (_, index) => index + start${number}).reduce((sum, one) => sum + one, 0)
${shown}\`\`\`
`
}

function figureOf(number: number): string {
  return `export default figure(
  {
    data: { values: Array.from({ length: ${pointsOfFigure} }, (_, x) => ({ x, y: (x * start${number}) % 7 })) },
    mark: 'line',
    width: 400,
    height: 200,
    encoding: { x: { field: 'x', type: 'quantitative' }, y: { field: 'y', type: 'quantitative' } },
  },
  { alt: 'A line that rises and falls.', caption: 'Remainders of the multiples of ${number}' },
)
`
}

function tableOf(number: number): string {
  return `const rows = Array.from({ length: 6 }, (_, index) => ({ step: index + 1, value: start${number} / (index + 1) }))
export default table(rows, { columns: { step: 'Step', value: 'Value' }, caption: 'Parts of ${number}' })
`
}

const experiment = `import { defineExperiment } from 'weft/experiment'

export const trivial = defineExperiment({
  name: 'trivial',
  params: { parse: (given: { start: number }) => given },
  run: ({ start }: { start: number }) => ({ sum: start + 1 }),
})
`

function sweepOf(jobs: number): string {
  return `# Jobs

The sum over all jobs is \`{ts} count(total)\`.

\`\`\`ts exec #jobs timeout=10min
import { sweep } from 'weft/experiment'
import { trivial } from './trivial.ts'

const all = await sweep(trivial, Array.from({ length: ${jobs} }, (_, start) => ({ start })))
export const total = all.reduce((sum, { result }) => sum + result.sum, 0)
\`\`\`
`
}
