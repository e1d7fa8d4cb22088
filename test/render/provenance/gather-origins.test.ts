import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { wordsFor } from '../../../src/render/model/words.ts'
import { behind, dependencyRows } from '../../../src/render/provenance/cards.ts'
import {
  type CellOrigin,
  type Origins,
  openDependencySets,
} from '../../../src/render/provenance/gather-origins.ts'
import { withoutTimes } from '../../../src/render/provenance/gather-provenance.ts'
import type { Draft } from '../../../src/render/provenance/record.ts'

const words = wordsFor('en').card

/** Makes origins from cells in document order, each with the labels that it needs and its jobs. */
function originsOf(cells: Record<string, { needs?: string[]; jobs?: string[] }>): Origins {
  const origins = Object.entries(cells).map(([label, { needs = [], jobs = [] }]) => [
    label,
    { cell: { label }, needs, jobs, params: [], dataSets: [], files: {} } as unknown as CellOrigin,
  ]) as [string, CellOrigin][]
  return { cells: new Map(origins), jobs: new Map(), owners: new Map(), dataSets: [] }
}

const machine = { node: 'v20.1.0', platform: 'linux-x64', cpu: 'A chip' }
const job = (seed: number, computedAt?: string) => ({
  ...{ module: 'src/train.ts', name: 'train', seed, key: `key-${seed}`, machine: 0, packages: [0] },
  ...{ engine: 'onnx 1.2', params: {}, parts: {}, dataSets: [], files: [] },
  ...(computedAt ? { computedAt, elapsedMs: 1 } : {}),
})
const record = {
  jobs: { a: job(1, '2026-01-02T00:00:00Z'), b: job(2, '2026-01-04T00:00:00Z'), c: job(3) },
  cells: {},
  params: { rate: 0.1, long: 'x'.repeat(50) },
  dataSets: { rows: { title: 'Rows', files: [{ name: 'rows.csv', sha256: 'ab'.repeat(32) }] } },
  files: { 'x.json': 'absent' },
  packages: [{ name: 'zod', digest: 'd' }],
  machines: [machine],
} as unknown as Draft
const none = { cells: [], jobs: [], params: [], dataSets: [], files: [] }

describe('the dependencies of numbers', () => {
  it('should include all needed earlier cells, and no others', () => {
    const sets = openDependencySets(
      originsOf({
        first: { jobs: ['j2'] },
        beside: { jobs: ['j9'] },
        second: { needs: ['first'], jobs: ['j1'] },
        third: { needs: ['second'] },
        after: { needs: ['third'], jobs: ['j8'] },
      }),
    )
    const found = sets.list[sets.of(['third'])]!
    assert.deepEqual(
      [found.cells, found.jobs],
      [
        ['first', 'second', 'third'],
        ['j1', 'j2'],
      ],
    )
  })

  it('should exist once, independent of the order of the cells', () => {
    const sets = openDependencySets(originsOf({ first: {}, second: { needs: ['first'] } }))
    assert.equal(sets.of(['second', 'first']), sets.of(['second']))
    assert.notEqual(sets.of(['second'], ['rate']), sets.of(['second']))
    assert.equal(sets.list.length, 2)
  })

  it('should become text: jobs with their seeds, data, params, software, days', () => {
    assert.deepEqual(
      dependencyRows(
        {
          ...none,
          jobs: ['a', 'b', 'c', 'gone'],
          params: ['rate', 'long'],
          dataSets: ['rows'],
          files: ['x.json'],
        },
        record,
        words,
      ),
      [
        ['Jobs', 'train (src/train.ts): 3 jobs, seeds 1 to 3', '1 that is not stored'],
        ['Data', 'Rows (rows)', `rows.csv sha256 ${'ab'.repeat(6)}…`],
        ['Files', 'x.json absent'],
        ['Params', 'rate = 0.1, long'],
        ['Software', 'engine onnx 1.2, zod (another version), Node 20.1.0'],
        ['Computed', '2026-01-02 to 2026-01-04, in part not accepted yet', 'linux-x64, A chip'],
      ],
    )
    assert.deepEqual(dependencyRows(none, record, words), [])
  })

  it('should lose only the times of results that are not accepted', () => {
    const { jobs } = withoutTimes(record, (key) => key === 'key-2')
    assert.deepEqual([jobs.a!.computedAt, jobs.a!.elapsedMs], [undefined, undefined])
    assert.equal(jobs.b!.computedAt, '2026-01-04T00:00:00Z')
    assert.equal(record.jobs.a!.computedAt, '2026-01-02T00:00:00Z', 'the record itself stays')
  })

  it('should show the unrounded numbers of a value, and what a claim read', () => {
    const number = {
      text: 'true',
      printed: [],
      read: {},
      expression: '',
      id: '',
      file: '',
      line: 1,
      column: 1,
      ground: 0,
    }
    const spread = { mean: 0.5, std: 0.1, n: 3, min: 0.4, max: 0.6 }
    assert.equal(
      behind(
        {
          ...number,
          kind: 'value',
          printed: [
            { text: '', raw: spread },
            { text: '', raw: 2 },
          ],
        },
        words,
      ),
      'mean 0.5, std 0.1, n 3, 2',
    )
    assert.equal(
      behind({ ...number, kind: 'claim', read: { 'a.b': 1, c: 'x' } }, words),
      'true: a.b is 1, c is "x"',
    )
    const many = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`a[${index}]`, index]))
    assert.match(behind({ ...number, kind: 'claim', read: many }, words), /a\[7\] is 7 and 2 more$/)
    assert.equal(behind({ ...number, kind: 'claim' }, words), 'true: nothing was read')
  })
})
