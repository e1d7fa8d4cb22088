import { counted } from '../counted.ts'
import type { RegisterWords } from './types.ts'

/** Registers in English. */
export const en: RegisterWords = {
  incomplete: ['Incomplete: ', ' of this report had no result when this list was made.'],
  cellCount: counted('en', { one: '# cell', other: '# cells' }),
  seedCount: counted('en', { one: '# seed', other: '# seeds' }),
  valueCount: counted('en', { one: '# value', other: '# values' }),
  elementCount: counted('en', { one: '# element', other: '# elements' }),
  characterCount: counted('en', { one: '# character', other: '# characters' }),
  fileCount: counted('en', { one: '# file', other: '# files' }),
  lineCount: counted('en', { one: '# line', other: '# lines' }),
  seed: (seed) => `seed ${seed}`,
  frontPage: 'the front page',
  jobs: {
    none: 'The report runs no experiments.',
    experiment: 'Experiment',
    parameters: 'Parameters',
    runs: 'Jobs',
    caption:
      'The parameters of each experiment. Parameters that all experiments of a group share are listed once, in its first row. Square brackets enclose a list that is one value. A dash means that a parameter was not set. Times are sums over the jobs, each timed separately.',
    shared: 'Shared',
    varied: 'Varied:',
  },
  claims: {
    none: 'The text makes no claims.',
    claim: 'Claim',
    testedBy: 'Condition',
    holds: 'Holds',
    unknown: 'unknown',
    caption:
      'Each claim of the text, its condition, and the values that the condition was tested on. Where these values vary between seeds, their means were redrawn within their standard errors, and the share of redraws in which the claim held is listed below the condition.',
    elsewhere: (claims) =>
      `The HTML page lists every claim (${claims} in all). Their conditions and values are also in provenance.json, which is attached to this PDF.`,
    difference: (value) => `difference ${value}`,
    interval: (value, low, high) => `${value}, 95\u00a0% CI ${low} to\u00a0${high}`,
    held: (percent, redraws) => `in ${percent} of ${redraws} redraws`,
  },
  data: {
    none: 'The report uses no data sets.',
    fact: 'Fact',
    value: 'Value',
    caption: 'The data sets, with the digests of their files.',
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
    splits: { train: 'training', validation: 'validation', test: 'test' },
  },
  machine: {
    none: 'The report computes no results.',
    results: 'Results',
    caption:
      'The software and hardware that computed the results of this report, with the number of results for each value. Engine and threads apply to jobs only.',
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
    version: 'Version',
    another: 'differs from the installed version',
    caption:
      'Weft, the software that it ran on, and the packages that results depend on, with the numbers of cells and jobs that import each package.',
  },
  sources: {
    none: 'The report uses no source files.',
    gone: 'This file is no longer part of the project.',
    elsewhere: (files, lines) =>
      `The source code (${files}, ${lines}) is attached to this PDF, file by file, and listed on the HTML page.`,
    onScreen: (files, lines) => `The source code (${files}, ${lines}) is listed on the HTML page.`,
  },
  checklist: {
    item: 'Item',
    answer: 'Answer from the recorded results',
    caption: 'The reproducibility checklist, answered from the recorded results of this report.',
    groups: { models: 'Models and claims', data: 'Data', code: 'Code', results: 'Results' },
    questions: {
      models: 'Is every model and algorithm described?',
      assumptions: 'Are the assumptions stated?',
      claims: 'Is every claim linked to its evidence?',
      statistics: 'Which data sets are used, and how large are they?',
      splits: 'How are they split into training, validation and test?',
      cleaning: 'What was excluded, and how were they prepared?',
      download: 'Where do they come from, and how is a copy verified?',
      code: 'Is the code for training and evaluation provided?',
      dependencies: 'What does the code depend on?',
      command: 'Do the printed results belong to this code?',
      ranges: 'Which hyper-parameters were tried, in which ranges?',
      selection: 'How were the final hyper-parameters chosen?',
      runs: 'How many runs were made?',
      variation: 'Are central tendency and variation reported?',
      bars: 'Do figures have error bars, and what do these show?',
      runtime: 'How long did the computation take?',
      energy: 'How much energy did it use?',
      infrastructure: 'Which hardware and software were used?',
    },
    unanswered: 'Not recorded.',
    see: 'See',
    answers: {
      models: counted('en', {
        one: '# experiment, described in',
        other: '# experiments, described in',
      }),
      claims: (all, hold) => `Each claim has a condition on the results; ${hold} of ${all} conditions hold.`,
      untold: (claims) => `The results for ${claims} are unknown.`,
      pinned: counted('en', { one: '# file with its SHA-256 digest', other: '# files with SHA-256 digests' }),
      published: (splits) => `${splits}, as supplied with the data set`,
      code: (cells, files, listed) =>
        `The results come from ${cells} of this report and from ${files} that they import. The report lists ${listed} of these files.`,
      command: (results) =>
        `Each of the ${results} results is stored under a digest of its code, parameters, seed and packages. It is printed without a mark only if these are unchanged.`,
      stale: 'Some results are stale: they were computed by an earlier version of the code.',
      varied: counted('en', { one: '# parameter was varied.', other: '# parameters were varied.' }),
      runs: (runs, settings, repeated) =>
        `${runs} in ${settings} different settings, of which ${repeated} were run with more than one seed.`,
      variation: (values, entries) =>
        `Means over seeds are printed with ± and the sample standard deviation: ${values} in the text and ${entries} in tables.`,
      bars: (figures, all) =>
        `${figures} of ${all} figures show bands or error bars; the captions say what these show.`,
      runtime: (runs, cells) =>
        `The jobs took ${runs} in total, each timed separately. The cells that run no jobs took ${cells}.`,
      cellsAlone: (cells) => `No experiment was run. The cells took ${cells}.`,
    },
  },
  requirements: {
    none: 'The report names no requirements.',
    requirement: 'Requirement',
    answer: 'Answered in',
    caption: 'The requirements, each with the places that answer it.',
    unanswered: 'Not answered.',
    claim: { yes: 'The claim holds:', no: 'The claim does not hold:', unknown: 'The claim has no result:' },
    pages: counted('en', { one: 'Text of at most # page', other: 'Text of at most # pages' }),
  },
}
