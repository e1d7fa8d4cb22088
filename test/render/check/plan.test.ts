import assert from 'node:assert/strict'
import test from 'node:test'
import type { Dependencies } from '../../../src/render/check/dependencies.ts'
import { reusable, scopeOf } from '../../../src/render/check/plan.ts'
import type { LockedProfile } from '../../../src/render/model/lock.ts'
import type { ReportTree, StoredResult } from '../../../src/render/model/types.ts'

const locked: LockedProfile = {
  cells: { deep: 'd', 'fig-deep': 'f', other: 'o' },
  jobs: { j1: 'deep seed 1', j2: 'deep seed 2', j3: 'other' },
  figures: [],
  shown: [],
  tables: {},
  drawings: {},
  sources: {},
  seals: {},
  measured: {},
  environments: [],
  kept: true,
}
const jobsOf: Record<string, string[]> = { d: ['j1', 'j2'], o: ['j3'] }
const stored = new Map(
  ['d', 'f', 'o', 'j1', 'j2', 'j3'].map((key) => [
    key,
    { key, provenance: { jobs: jobsOf[key] } } as unknown as StoredResult,
  ]),
)
const below: Dependencies['below'] = new Map([
  ['deep', new Set(['deep'])],
  ['fig-deep', new Set(['deep', 'fig-deep'])],
  ['other', new Set(['other'])],
])
const tree = {
  cells: [...below.keys()].map((label) => ({ label })),
  report: { profile: 'full' },
} as unknown as ReportTree

function reused(
  scope: ReturnType<typeof scopeOf>,
  seed = 1,
  damaged = new Map<string, string>(),
  changed = new Map<string, string>(),
): string[] {
  const known = {
    locked,
    accepted: { stored, damaged, changed },
    dependencies: { owners: new Map(), below },
    seed,
  }
  const read = reusable(scope, known)
  return [...stored.keys()].filter((key) => read(key) !== undefined)
}

test('reusable should give nothing if everything is recomputed', () => {
  assert.deepEqual(reused(scopeOf({}, locked, tree)), [])
})

test('reusable should give all results except some cells, their dependencies and their jobs', () => {
  const scope = scopeOf({ only: ['fig-deep'] }, locked, tree)
  assert.deepEqual(reused(scope), ['o', 'j3'])
  assert.deepEqual(reused(scope, 1, new Map([['j3', 'damaged']])), ['o'])
  assert.deepEqual(reused(scope, 1, new Map(), new Map([['o', 'altered']])), ['j3'])
})

test('reusable should give all jobs except those chosen by a seed, and no cell', () => {
  const scope = scopeOf({ sample: 1 }, locked, tree)
  const drawn = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => reused(scope, seed))
  for (const keys of drawn) assert.equal(keys.length, 2)
  for (const keys of drawn) assert.ok(keys.every((key) => key.startsWith('j')))
  assert.ok(new Set(drawn.map(String)).size > 1)
  assert.deepEqual(reused(scope, 3), drawn[2])
  assert.deepEqual(scopeOf({ sample: 3 }, locked, tree), { kind: 'all' })
})

test('scopeOf should say what is wrong with the options', () => {
  assert.throws(
    () => scopeOf({ only: ['depe'] }, locked, tree),
    /Unknown label `depe`, expected that of a cell: did you mean `deep`\?/,
  )
  assert.throws(() => scopeOf({ only: ['deep'], sample: 1 }, locked, tree), /Unexpected --sample with --only/)
  assert.throws(
    () => scopeOf({ sample: 1 }, { ...locked, kept: false }, tree),
    /are not kept .* check the whole of it/,
  )
})
