import { cells, listOf } from './mutation.ts'
import { add, all, replace, rewrite } from './sources.ts'

const data = 'report-src/data.md'
const training = 'report-src/training.md'
const ends = 'report-src/ends.md'
const trained = cells('trained', 'fig-trained', 'sign')
const trainJobs = [1, 2].map((seed) => `job train rate=0.1 steps=4 seed=${seed}`)
const sizeJobs = [2, 3].map((width) => `job size width=${width}`)

/** Changes of the behaviour of cells, their modules and their experiments, and of only their form. */
export const codeMutations = listOf({
  'a literal of a cell': [replace(ends, 'step * 2', 'step * 3'), cells('alone')],
  'an operator of a cell': [replace(ends, 'step * 2', 'step - 2'), cells('alone')],
  'a text that a cell shows': [
    replace(data, "alt: 'Bars of the readings.'", "alt: 'Bars.'"),
    cells('fig-readings'),
  ],
  'a comment of a cell': [replace(data, '// All of them.', '/* Every one. */'), []],
  'a comment added to a cell': [replace(ends, 'let total', '// Up to six.\nlet total'), []],
  'a comment of a module': [replace('src/shared.ts', 'Used by two cells.', 'Used by both.'), []],
  'a comment of an experiment': [
    replace('src/experiments/train.ts', '// How fast it learns.', '// Its rate.'),
    [],
  ],
  'a comment of a module that jobs alone use': [
    replace('src/experiments/squared.ts', 'Jobs alone use it.', 'For jobs.'),
    [],
  ],
  'an unused function of a module': [
    replace('src/shared.ts', 'text.toUpperCase()', 'text.toLowerCase()'),
    [],
  ],
  'an unused function added to a module': [
    rewrite('src/shared.ts', (text) => `${text}\nexport const whisper = (text: string) => text.trim()\n`),
    [],
  ],
  "an unused helper beside an experiment's constants": [
    replace('src/experiments/losses.ts', 'first / 2', 'first / 3'),
    [],
  ],
  'a type of a module': [replace('src/shared.ts', 'count: number', 'count: 1 | number'), []],
  'a type of a cell': [replace(data, 'height: number }', 'height: 1.5 | number }'), []],
  'a type that an experiment imports': [
    replace('src/experiments/losses.ts', 'readonly first', '/** At first. */\n  first'),
    [],
  ],
  'white space and quotes of a cell': [
    all(
      replace(ends, 'total += step * 2', 'total  +=\n  step*2;'),
      replace(data, "alt: 'Bars of the readings.'", 'alt: "Bars of the readings."'),
    ),
    [],
  ],
  'white space of modules': [
    all(
      replace('src/numbers/arithmetic.ts', 'value / divisor', '(\n    value/divisor)'),
      replace('src/experiments/size.ts', '    return {', '\n\n\treturn {'),
    ),
    [],
  ],
  'the order of imports': [
    replace(
      data,
      "import { figure } from 'weft/output'\nimport { trace } from '../src/trace.ts'",
      "import { trace } from '../src/trace.ts'\nimport { figure } from 'weft/output'",
    ),
    [],
    cells('fig-readings'),
  ],
  'an unused import added': [
    replace(
      ends,
      "trace('cell alone')",
      "import { half } from '../src/numbers/index.ts'\ntrace('cell alone')",
    ),
    [],
  ],
  'a used import added': [
    replace(
      ends,
      'export default total',
      "import { unit } from '../src/numbers/index.ts'\nexport default total + unit",
    ),
    cells('alone'),
  ],
  'an import for its effect added': [
    all(
      add('src/effect.ts', 'Object.assign(globalThis, { effect: 1 })\n'),
      replace(ends, "trace('cell alone')", "import '../src/effect.ts'\ntrace('cell alone')"),
    ),
    cells('alone'),
  ],
  'a constant that is exported again': [
    replace('src/numbers/constants.ts', 'unit = 10', 'unit = 11'),
    cells('halves'),
  ],
  'an unused constant that is exported again': [
    replace('src/numbers/constants.ts', 'spare = 3', 'spare = 4'),
    [],
  ],
  'an unused function that is exported again': [
    replace('src/numbers/arithmetic.ts', 'value * 2', 'value + value'),
    [],
  ],
  'what a name is exported from': [
    all(
      add('src/numbers/others.ts', 'export const half = (value: number): number => value / 2.5\n'),
      replace(
        'src/numbers/index.ts',
        "{ half, twice } from './arithmetic.ts'",
        "{ twice } from './arithmetic.ts'\nexport { half } from './others.ts'",
      ),
    ),
    cells('halves'),
  ],
  'a constant deep below a cell': [
    replace('src/numbers/constants.ts', 'divisor = 2', 'divisor = 4'),
    cells('halves'),
  ],
  'a function that two cells use': [
    replace('src/shared.ts', 'of them', 'in all'),
    cells('tbl-rows', 'halves'),
  ],
  'the name of a module': [
    all(
      (sources) => ({ ...sources, 'src/told.ts': sources['src/shared.ts']! }),
      replace(data, 'src/shared.ts', 'src/told.ts'),
      replace(ends, 'src/shared.ts', 'src/told.ts'),
    ),
    [],
  ],
  'the name of a variable of a cell': [
    rewrite(ends, (text) => text.replaceAll('total', 'amount').replace('tallied.amount', 'tallied.total')),
    [],
    cells('alone'),
  ],
  'a constant of jobs': [
    replace('src/experiments/losses.ts', 'scale = 2', 'scale = 3'),
    [...trained, ...trainJobs],
  ],
  'a constant of jobs, so that a text that rests on them is another': [
    replace('src/experiments/losses.ts', 'scale = 2', 'scale = 30'),
    [...trained, ...trainJobs, ...cells('verdict')],
  ],
  'a module that jobs alone use': [
    replace('src/experiments/squared.ts', 'value * value', 'value * value * 2'),
    [...cells('swept', 'tbl-swept'), ...sizeJobs],
  ],
  'what experiments complete their params by': [
    replace('src/experiments/tally.ts', '{ by: 1,', '{ by: 2,'),
    [...cells('tallied', 'tbl-summary'), 'job tally upTo=5 by=2'],
  ],
  'the params of a job': [
    replace(training, 'upTo: 5', 'upTo: 6'),
    [...cells('tallied', 'tbl-summary'), 'job tally upTo=6 by=1'],
  ],
  'a computation of an earlier cell with an equal result': [replace(training, '< 20', '< 30'), cells('sign')],
  'a computation of an earlier cell with another result': [
    replace(training, '< 20', '< 1'),
    cells('sign', 'verdict'),
  ],
  'an experiment that throws': [
    replace('src/experiments/size.ts', 'return {', "throw new Error('broken')\n    return {"),
    [...cells('swept'), sizeJobs[0]!],
    [sizeJobs[1]!],
  ],
  'a module that does not parse': [replace('src/shared.ts', 'return `', 'return return `'), []],
  'a cell that throws': [replace(data, 'settings.offset *', 'settings.none.deep *'), cells('offset')],
})
