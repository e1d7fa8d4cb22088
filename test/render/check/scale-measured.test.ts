import assert from 'node:assert/strict'
import test from 'node:test'
import { isMeasuring, scaleMeasured } from '../../../src/render/check/scale-measured.ts'
import { freeze } from '../../../src/render/execute/freezer.ts'
import { seededRandom } from '../../../src/render/random.ts'
import type { Frozen } from '../../../src/render/types.ts'

const job = freeze({
  key: 'k',
  parts: {},
  shown: [],
  exports: { result: { error: 1 } },
  measured: { time: 2, steps: [1, 0], name: 'x', none: null },
  provenance: {} as Frozen['provenance'],
})

test('scaleMeasured should change every measured number by a factor of 1.3 to 3, and nothing else', () => {
  const scaled = scaleMeasured(job, seededRandom(1))
  const { time, steps, name, none } = scaled.measured as {
    time: number
    steps: number[]
    name: string
    none: null
  }
  for (const factor of [time / 2, steps[0]!, steps[1]!]) assert.ok(factor >= 1.3 && factor <= 3, `${factor}`)
  assert.notEqual(time / 2, steps[0])
  assert.deepEqual([name, none, scaled.exports], ['x', null, job.exports])
  assert.notEqual(scaled.content, job.content)
  assert.deepEqual(scaleMeasured(job, seededRandom(1)), scaled)
})

test('isMeasuring should tell a job that measured nothing', () => {
  assert.equal(isMeasuring(job), true)
  assert.equal(isMeasuring({ ...job, measured: {} }), false)
})
