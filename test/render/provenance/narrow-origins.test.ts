import assert from 'node:assert/strict'
import test from 'node:test'
import type { Json } from '../../../src/render/model/types.ts'
import type { CellOrigin, JobOrigin, Origins } from '../../../src/render/provenance/gather-origins.ts'
import { narrowedOrigins } from '../../../src/render/provenance/narrow-origins.ts'

interface TestCell {
  readonly needs?: readonly string[]
  readonly jobs?: readonly string[]
  readonly exports: { readonly [name: string]: Json }
}

const spread = (min: number, max: number) => ({ mean: (min + max) / 2, std: max - min, n: 2, min, max })
const adam = spread(0.8412345678, 0.8423456789)
const descent = spread(0.8212345678, 0.8223456789)
const walks = spread(0.1212345678, 0.1223456789)
const job = (rate: string, seed: number, accuracy: number) => ({
  stored: { exports: { accuracy } },
  request: { module: 'src/rates.ts', name: 'rates', params: { rate }, seed },
  ...{ dataSets: [], files: {} },
})
const jobs = new Map(
  Object.entries({
    a1: job('adam', 1, adam.min),
    a2: job('adam', 2, adam.max),
    d1: job('descent', 1, descent.min),
    d2: job('descent', 2, descent.max),
    w1: job('walk', 1, walks.min),
    w2: job('walk', 2, walks.max),
  }),
) as unknown as ReadonlyMap<string, JobOrigin>
const cells: { readonly [label: string]: TestCell } = {
  sweeps: { jobs: ['a1', 'a2', 'd1', 'd2'], exports: { sweeps: { adam, descent } } },
  walks: { jobs: ['w1', 'w2'], exports: { walks } },
  found: { needs: ['sweeps', 'walks'], exports: { found: { adam, walks, sum: 1.2345678901 } } },
}
const origins = {
  cells: new Map(
    Object.entries(cells).map(([label, { needs = [], jobs: own = [], exports }]) => [
      label,
      { cell: { label }, stored: { exports }, needs, jobs: own, params: [], dataSets: [], files: {} },
    ]),
  ) as unknown as ReadonlyMap<string, CellOrigin>,
  jobs,
  owners: new Map(),
  dataSets: [],
} as Origins

const reading = (path: string, value: Json) => ({
  read: Object.fromEntries(Object.entries(value as object).map(([name, part]) => [`${path}.${name}`, part])),
  cells: ['found'],
  params: [],
})

test('narrowedOrigins should follow a number through a cell that gathers, to all seeds of its own runs', () => {
  const near = narrowedOrigins(reading('found.adam', adam), origins)
  assert.deepEqual(
    [near?.cells, near?.jobs],
    [
      ['sweeps', 'found'],
      ['a1', 'a2'],
    ],
  )
  const other = narrowedOrigins(reading('found.walks', walks), origins)
  assert.deepEqual(
    [other?.cells, other?.jobs],
    [
      ['walks', 'found'],
      ['w1', 'w2'],
    ],
  )
})

test('narrowedOrigins should leave all origins to what was computed on the way, or says too little', () => {
  const read = (path: string, value: Json) => ({ read: { [path]: value }, cells: ['found'], params: [] })
  assert.equal(narrowedOrigins(read('found.sum', 1.2345678901), origins), undefined)
  assert.equal(narrowedOrigins(read('found.adam.n', 2), origins), undefined)
  for (const value of [0.5, -0.96875, 1.25e-7, 0.0000125])
    assert.equal(narrowedOrigins(read('found.rate', value), origins), undefined, String(value))
})

test('narrowedOrigins should pass over params, but not over exports whose names begin as theirs do', () => {
  const { read, ...rest } = reading('found.adam', adam)
  const near = narrowedOrigins({ ...rest, read: { ...read, 'params.rate': 0.123456789 } }, origins)
  assert.deepEqual(near?.jobs, ['a1', 'a2'])
  const other = { ...rest, read: { ...read, 'paramsFound.rate': 0.5 } }
  assert.equal(narrowedOrigins(other, origins), undefined)
})

test('narrowedOrigins should not tell runs apart by a mean alone', () => {
  const near = narrowedOrigins(
    { read: { 'found.adam.mean': adam.mean }, cells: ['found'], params: [] },
    origins,
  )
  assert.deepEqual(
    [near?.cells, near?.jobs],
    [
      ['sweeps', 'found'],
      ['a1', 'a2', 'd1', 'd2'],
    ],
  )
})
