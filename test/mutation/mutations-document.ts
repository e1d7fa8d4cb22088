import { cells, listOf } from './mutation.ts'
import type { Edit, Sources } from './sources.ts'
import { add, all, remove, replace, rewrite } from './sources.ts'

const report = 'report-src/report.md'
const data = 'report-src/data.md'
const training = 'report-src/training.md'
const ends = 'report-src/ends.md'

/** Moves a cell from a chapter to the end of another. */
function move(label: string, from: string, to: string): Edit {
  return (sources) => {
    const fence = fenceOf(sources, from, label)
    return all(
      replace(from, fence, ''),
      rewrite(to, (text) => `${text}\n${fence}`),
    )(sources)
  }
}

function fenceOf(sources: Sources, file: string, label: string): string {
  const fence = new RegExp(`\`\`\`ts exec #${label}\\b[\\s\\S]*?\\n\`\`\`\\n`).exec(sources[file]!)?.[0]
  if (fence === undefined) throw new Error(`Cannot find #${label} in ${file}`)
  return fence
}

const everyText = (change: (text: string) => string): Edit => {
  return (sources) =>
    Object.fromEntries(
      Object.entries(sources).map(([name, text]) => [
        name,
        /^(report-src|src)\/.*\.(md|ts|bib)$/.test(name) ? change(text) : text,
      ]),
    )
}

/** Changes of the document around the cells, and of their places, names and options. */
export const documentMutations = listOf({
  'a word of prose': [replace(data, 'come from a file', 'come from one file'), []],
  'lines above cells': [replace(data, 'The rows', 'One more.\n\nAnd one.\n\nThe rows'), []],
  'a heading': [replace(data, '# Data', '# The data'), []],
  'the title': [replace(report, 'A report to be', 'The report that is'), []],
  'an entry of the bibliography': [replace('report-src/references.bib', '{What was', '{All that was'), []],
  'an entry added to the bibliography': [
    rewrite('report-src/references.bib', (text) => `${text}${text.replace('smith2020', 'smith2021')}`),
    [],
  ],
  'the expression of a value': [replace(data, 'fixed(mean, 2)', 'fixed(mean + 1, 3)'), []],
  'the expression of a claim': [
    replace(training, "that='trained.last.mean <", "that='2 * trained.last.mean <"),
    [],
  ],
  'a claim that becomes false': [
    replace(training, "that='trained.last.mean <", "that='9 * trained.last.mean <"),
    [],
  ],
  'the caption of a fence': [replace(data, 'The readings in order.', 'Readings.'), []],
  'a caption that a cell makes': [replace(training, 'Sizes by width.', 'Sizes.'), cells('tbl-swept')],
  'whether code is shown': [replace(data, 'echo=show', 'echo=hide'), []],
  'the time of a cell': [replace(training, 'timeout=50s', 'timeout=55s'), []],
  'whether a cell is evaluated': [replace(ends, '#alone', '#alone eval=false'), []],
  'the place of a cell in its chapter': [move('offset', data, data), []],
  'the chapter of a cell': [move('alone', ends, data), []],
  'the chapter of a cell that needs an earlier one': [move('fig-trained', training, ends), []],
  'a cell, moved behind one that needs it': [move('offset', data, ends), cells('mixed')],
  'the order of chapters': [replace(report, '[data.md, training.md', '[training.md, data.md'), []],
  'the name of a chapter': [
    all(
      (sources) => ({ ...sources, 'report-src/first.md': sources[data]! }),
      remove(data),
      replace(report, 'data.md', 'first.md'),
    ),
    [],
  ],
  // In a bundle, the name of a default export comes from the label.
  'the label of a cell': [replace(ends, '#alone', '#lonely'), [], cells('alone')],
  'the label of a cell that shows nothing': [replace(training, '#sign', '#signs'), []],
  'the label of a figure, with its references': [
    rewrite(training, (text) =>
      text.replace('#fig-trained', '#fig-loss').replace('@fig-trained', '@fig-loss'),
    ),
    [],
    cells('fig-trained'),
  ],
  'the label of a figure without its references': [
    replace(training, '#fig-trained', '#fig-loss'),
    [],
    cells('fig-trained'),
  ],
  'the name of an export': [
    all(
      replace(data, 'const offset', 'const shift'),
      replace('report-src/packages.md', 'mix(offset)', 'mix(shift)'),
    ),
    cells('offset', 'mixed'),
  ],
  'the name of an export, not of its uses': [
    replace(data, 'const offset', 'const shift'),
    cells('offset', 'mixed'),
  ],
  'a cell taken away': [(sources) => replace(ends, fenceOf(sources, ends, 'alone'), '')(sources), []],
  'a cell that others need taken away': [
    (sources) => replace(data, fenceOf(sources, data, 'offset'), '')(sources),
    cells('mixed'),
  ],
  'a cell added': [
    rewrite(
      ends,
      (text) =>
        `${text}\n\`\`\`ts exec #added\nimport { trace } from '../src/trace.ts'\n\ntrace('cell added')\nexport default mean * 2\n\`\`\`\n`,
    ),
    cells('added'),
  ],
  'a cell written twice': [
    (sources) => rewrite(ends, (text) => `${text}\n${fenceOf(sources, ends, 'alone')}`)(sources),
    [],
  ],
  'the ends of all lines': [everyText((text) => text.replaceAll('\n', '\r\n')), []],
  'byte order marks': [everyText((text) => `\uFEFF${text}`), []],
  'a picture beside the report': [
    add('report-src/picture.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>'),
    [],
  ],
  'two things at once': [
    all(replace(ends, 'step * 2', 'step * 4'), replace(report, 'factor: 3', 'factor: 5')),
    cells('alone', 'offset', 'mixed', 'tbl-summary'),
  ],
})
