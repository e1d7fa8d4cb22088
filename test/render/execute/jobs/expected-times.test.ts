import assert from 'node:assert/strict'
import { it } from 'node:test'
import { openTimes } from '../../../../src/render/execute/jobs/expected-times.ts'
import type { JobRequest } from '../../../../src/render/model/types.ts'
import { temporaryProject } from '../temporary-project.ts'

const job = (x: number, seed = 1, name = 'square'): JobRequest => ({
  module: './a.ts',
  name,
  params: { x },
  seed,
})

it('a job should take as long as the last one with its params, or as its experiment does', (t) => {
  const folder = temporaryProject(t, {})
  let asked = 0
  const known = () => {
    asked += 1
    return [{ job: job(1), elapsedMs: 100 }, { job: job(2), elapsedMs: 300 }, { elapsedMs: 9 }]
  }
  const times = openTimes(folder, known)
  assert.equal(times.expectedMs(job(1, 7)), 100, 'seeds make no difference')
  assert.equal(times.expectedMs(job(3)), 200, 'the mean of the others')
  assert.equal(times.expectedMs(job(1, 1, 'cube')), undefined)
  assert.equal(asked, 1)
  times.add(job(1), 500)
  assert.equal(times.expectedMs(job(1)), 500, 'the newest goes first')
  times.save()
  const other = openTimes(folder, () => [])
  assert.equal(other.expectedMs(job(9)), 500)
  other.add(job(9), 700)
  other.save()
  openTimes(folder, () => []).save()
  assert.equal(openTimes(folder, () => []).expectedMs(job(1)), 500, 'each build adds to what is there')
  assert.equal(openTimes(folder, () => []).expectedMs(job(9)), 700)
})
