import { counted } from '../counted.ts'
import type { RegisterWords } from './types.ts'

/** Registers in English. */
export const en: RegisterWords = {
  incomplete: ['Not complete: ', ' of this report had no result when this was made.'],
  cellCount: counted('en', { one: '# cell', other: '# cells' }),
  jobCount: counted('en', { one: '# job', other: '# jobs' }),
  seedCount: counted('en', { one: '# seed', other: '# seeds' }),
  valueCount: counted('en', { one: '# value', other: '# values' }),
  elementCount: counted('en', { one: '# element', other: '# elements' }),
  characterCount: counted('en', { one: '# character', other: '# characters' }),
  fileCount: counted('en', { one: '# file', other: '# files' }),
  lineCount: counted('en', { one: '# line', other: '# lines' }),
  seed: (seed) => `seed ${seed}`,
  frontPage: 'the front page',
  jobs: {
    none: 'No experiment is run.',
    experiment: 'Experiment',
    parameters: 'Parameters',
    runs: 'Jobs',
    caption:
      'Every experiment with the parameters of its jobs. Parameters that all experiments of a group share are given once, in its first row. A list in brackets is one value; a dash means that the parameter was left open. Times are the sum over the jobs, each timed by itself.',
    shared: 'All of these',
    varied: 'Varied:',
  },
  claims: {
    none: 'Nothing is claimed.',
    claim: 'Claim',
    testedBy: 'Tested by',
    holds: 'Holds',
    unknown: 'unknown',
    caption:
      'Every claim of the text, the expression that must be true for it, and the values that it was tested on. If these differ between seeds, their means were drawn again within their standard errors; the share of such redraws in which the claim held is given below.',
    elsewhere: (claims) =>
      `The list of all ${claims} claims is part of the HTML page; their expressions and values are also in provenance.json, which is attached to this PDF.`,
    difference: (value) => `difference ${value}`,
    interval: (value, low, high) => `${value}, 95\u00a0% CI ${low} to\u00a0${high}`,
    held: (percent, redraws) => `in ${percent} of ${redraws} redraws`,
  },
  data: {
    none: 'No data set is used.',
    fact: 'Fact',
    value: 'Value',
    caption: 'The data sets, with the digests of the files that they were read from.',
    images: 'images',
    split: 'split',
    cleaning: 'cleaning',
    source: 'source',
    licence: 'licence',
    files: 'files',
    usedBy: 'used by',
    described: 'described',
    nowhere: 'in no result of this report',
    bytes: counted('en', { one: '# byte', other: '# bytes' }),
    splits: { train: 'train', validation: 'validation', test: 'test' },
  },
  machine: {
    none: 'Nothing is computed.',
    results: 'Results',
    caption:
      'What computed the results of this report, and how many results each value holds for. Engine and threads are those of jobs alone.',
    facts: {
      node: 'Node',
      platform: 'Platform',
      cpu: 'Processor',
      engine: 'Engine',
      threads: 'Threads of a job',
      computedAt: 'Computed on (UTC)',
    },
  },
  packages: {
    software: 'Software',
    version: 'Version',
    cells: 'Cells',
    jobs: 'Jobs',
    another: 'another than the installed one',
    caption:
      'Weft, what it ran on, and the packages that results depend on, with the number of cells and jobs that import each.',
  },
  sources: {
    none: 'No source file is used.',
    gone: 'The project does not have this file any more.',
    elsewhere: (files, lines) =>
      `The source code (${files}, ${lines}) is attached to this PDF, file by file, and listed on the HTML page.`,
    onScreen: (files, lines) => `The source code (${files}, ${lines}) is listed on the HTML page.`,
  },
  checklist: {
    item: 'Item',
    answer: 'Answer, from what is recorded',
    caption: 'The reproducibility checklist, answered from the results that this report is made of.',
    groups: { models: 'Models and claims', data: 'Data', code: 'Code', results: 'Results' },
    questions: {
      models: 'Is every model and algorithm described?',
      assumptions: 'Are the assumptions stated?',
      claims: 'Is every claim tied to its evidence?',
      statistics: 'Which data sets are used, and how large are they?',
      splits: 'How are they split into training, validation and test?',
      cleaning: 'What was left out, and how were they prepared?',
      download: 'Where are they from, and how is the copy known to be the same?',
      code: 'Is the code that trains and evaluates given?',
      dependencies: 'What does it depend on?',
      command: 'Do the printed results belong to this code?',
      ranges: 'Which hyper-parameters were considered, in which ranges?',
      selection: 'How were the final ones chosen?',
      runs: 'How many runs were made?',
      variation: 'Are central tendency and variation given?',
      bars: 'Do figures have error bars, and what are they?',
      runtime: 'How long did it run?',
      energy: 'How much energy did it take?',
      infrastructure: 'On what was it computed?',
    },
    unanswered: 'Not recorded.',
    see: 'See',
    answers: {
      models: counted('en', {
        one: '# experiment, described in',
        other: '# experiments, described in',
      }),
      claims: (all, hold) => `Each claim is tied to an expression over the results; ${hold} of ${all} hold.`,
      untold: (claims) => `For ${claims}, no result is known.`,
      pinned: counted('en', { one: '# file pinned by SHA-256', other: '# files pinned by SHA-256' }),
      published: (splits) => `${splits}, as the data set gives them`,
      code: (cells, files, listed) =>
        `The results come from ${cells} of this report and ${files} that they import, of which ${listed} are listed in the report itself.`,
      command: (results) =>
        `Each of the ${results} results is kept under the digest of its code, parameters, seed and packages, and printed only while these are unchanged.`,
      stale: 'Some are stale: they belong to an earlier state of the code.',
      varied: counted('en', { one: '# parameter was varied.', other: '# parameters were varied.' }),
      runs: (runs, settings, repeated) =>
        `${runs} of ${settings} different settings, of which ${repeated} ran with more than one seed.`,
      variation: (values, entries) =>
        `Means over seeds are printed with ± the sample standard deviation: ${values} in the text, ${entries} in its tables.`,
      bars: (figures, all) =>
        `${figures} of ${all} figures draw a band or bars about their values; captions say what these span.`,
      runtime: (runs, cells) =>
        `The jobs took ${runs} in all, each timed by itself; the cells that run none took ${cells}.`,
      cellsAlone: (cells) => `No experiment was run; the cells took ${cells}.`,
    },
  },
}
