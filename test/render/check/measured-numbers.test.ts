import assert from 'node:assert/strict'
import test from 'node:test'
import { toStoredResult } from '../../../src/render/cache/result-store.ts'
import {
  isMeasuring,
  measureAsAccepted,
  type Remeasure,
  scaleEach,
  scaleGroups,
} from '../../../src/render/check/measured-numbers.ts'
import type { Json, StoredResult } from '../../../src/render/model/types.ts'

function jobOf(key: string, params: Json, seed: number, measured: StoredResult['measured']): StoredResult {
  const job = { module: 'deep.ts', name: 'deep', params, seed }
  const provenance = { job } as unknown as StoredResult['provenance']
  return toStoredResult({
    key,
    parts: {},
    shown: [],
    exports: { result: { error: 1 } },
    measured,
    provenance,
  })
}

const jobs = [
  jobOf('a', { depth: 1 }, 1, { time: 2 }),
  jobOf('b', { depth: 1 }, 2, { time: 4 }),
  jobOf('c', { depth: 2 }, 1, { time: 8, steps: [1, 0], name: 'x', none: null }),
]
const timesOf = (remeasure: Remeasure) => {
  const others = remeasure(jobs)
  return jobs.map(({ key }) => others.get(key)!.measured.time as number)
}

test('scaleEach should change every measured number by a factor of 1.3 to 3, and nothing else', () => {
  const other = scaleEach(1)(jobs).get('c')!
  const { time, steps, name, none } = other.measured as {
    time: number
    steps: [number, number]
    name: string
    none: null
  }
  for (const factor of [time / 8, ...steps]) assert.ok(factor >= 1.3 && factor <= 3, `${factor}`)
  assert.equal(new Set([time / 8, ...steps]).size, 3)
  assert.deepEqual([name, none, other.exports], ['x', null, jobs[2]!.exports])
  assert.notEqual(other.content, jobs[2]!.content)
  assert.deepEqual(timesOf(scaleEach(1)), timesOf(scaleEach(1)))
  assert.notDeepEqual(timesOf(scaleEach(1)), timesOf(scaleEach(2)))
})

test('scaleGroups should scale the seeds of one job equally, and change the order of jobs for some seed', () => {
  const orders = new Set<boolean>()
  for (let seed = 1; seed < 12; seed++) {
    const [a, b, c] = timesOf(scaleGroups(seed)) as [number, number, number]
    assert.equal(b, 2 * a)
    assert.ok(a / 2 >= 1 / 30 && a / 2 <= 30, `${a}`)
    orders.add(a < c)
  }
  assert.equal(orders.size, 2)
})

test('measureAsAccepted should give the accepted times beside the new results', () => {
  const others = measureAsAccepted(new Map([['a', { time: 3 }]]))(jobs)
  assert.deepEqual([...others.keys()], ['a'])
  assert.deepEqual([others.get('a')!.measured, others.get('a')!.exports], [{ time: 3 }, jobs[0]!.exports])
})

test('isMeasuring should recognise a job that measured nothing', () => {
  assert.equal(isMeasuring(jobs[0]!), true)
  assert.equal(isMeasuring({ ...jobs[0]!, measured: {} }), false)
})
