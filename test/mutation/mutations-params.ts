import type { Mutation } from './mutation.ts'
import { cells, listOf } from './mutation.ts'
import { replace } from './sources.ts'

const report = 'report-src/report.md'
const trained = cells('trained', 'fig-trained', 'sign')
const trainJobs = (rate: number, steps: number, seeds: readonly number[]) =>
  seeds.map((seed) => `job train rate=${rate} steps=${steps} seed=${seed}`)

/** Changes of params and of the profile. */
export const paramMutations: readonly Mutation[] = [
  ...listOf({
    'a param': [replace(report, 'factor: 3', 'factor: 4'), cells('offset', 'mixed', 'tbl-summary')],
    'a param that a cell hands to a module': [
      replace(report, 'threshold: 0.5', 'threshold: 1.5'),
      cells('ends-well'),
    ],
    'a param of jobs': [
      replace(report, 'rate: 0.1', 'rate: 0.3'),
      [...trained, ...trainJobs(0.3, 4, [1, 2])],
    ],
    'a param of jobs that the prose shows too': [
      replace(report, 'steps: 4', 'steps: 5'),
      [...trained, ...trainJobs(0.1, 5, [1, 2])],
    ],
    'a param that is written otherwise': [replace(report, 'rate: 0.1', 'rate: 1.0e-1'), []],
    'a param that nobody uses': [replace(report, 'unused: 1', 'unused: 2'), []],
    'a param added': [replace(report, 'unused: 1', 'unused: 1\n    another: 5'), []],
    'a param that nobody uses taken away': [replace(report, '\n    unused: 1', ''), []],
    'a param that a cell uses taken away': [replace(report, '\n    factor: 3', ''), []],
    'the order of params': [replace(report, 'rate: 0.1\n    steps: 4', 'steps: 4\n    rate: 0.1'), []],
    'a param of the other profile': [replace(report, 'rate: 0.2', 'rate: 0.25'), []],
    'one more seed': [replace(report, '[1, 2]', '[1, 2, 3]'), [...trained, ...trainJobs(0.1, 4, [3])]],
    'one seed less': [replace(report, '[1, 2]', '[2]'), trained],
    'one more point of a sweep': [
      replace(report, '[2, 3]', '[2, 3, 5]'),
      [...cells('swept', 'tbl-swept'), 'job size width=5'],
    ],
    'the order of a sweep': [replace(report, '[2, 3]', '[3, 2]'), cells('swept', 'tbl-swept')],
  }),
  {
    name: 'the profile',
    profile: 'quick',
    edit: (sources) => sources,
    must: [...trained, ...trainJobs(0.2, 2, [1]), ...cells('swept', 'tbl-swept')],
  },
]
