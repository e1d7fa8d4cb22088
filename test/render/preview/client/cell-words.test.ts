import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { buttonOf, curvePath, duration, wordsOf } from '../../../../src/render/preview/client/cell-words.ts'

describe('wordsOf', () => {
  it('should say what a cell is doing, and how far its job is', () => {
    assert.equal(wordsOf({ state: 'running', startedAt: 1_000 }, 4_200), 'Runs 3.2 s')
    const job = {
      label: 'binary seed 3',
      done: 12,
      total: 40,
      unit: 'epochs',
      secondsLeft: 20.4,
      loss: [0.7, 0.123456],
    }
    assert.equal(
      wordsOf({ state: 'running', startedAt: 0, job }, 12_000),
      'Runs 12 s: binary seed 3, epoch 12 of 40, loss 0.1235, about 20 s left',
    )
    const jobs = { label: 'binary seed 3', done: 1, total: 5, unit: 'jobs' }
    assert.equal(
      wordsOf({ state: 'running', startedAt: 0, job: jobs }, 0),
      'Runs 0.0 s: binary seed 3, 1 of 5 jobs',
    )
    assert.equal(wordsOf({ state: 'asks' }, 0), 'Not computed from the present sources')
  })

  it('should write times as people say them', () => {
    assert.deepEqual([-5, 420, 9_940, 9_960, 99_000, 100_000, 5_900_000, 7_300_000].map(duration), [
      '0.0 s',
      '0.4 s',
      '9.9 s',
      '10 s',
      '99 s',
      '2 min',
      '98 min',
      '2 h',
    ])
  })
})

describe('buttonOf', () => {
  it('should say how long the jobs took, and how many they are if there are several', () => {
    assert.equal(buttonOf({ state: 'asks', lastMs: 40_200, jobs: 1 }), 'Run (about 40 s)')
    assert.equal(buttonOf({ state: 'asks', lastMs: 400_000, jobs: 10 }), 'Run (about 7 min, 10 jobs)')
    assert.equal(buttonOf({ state: 'asks' }), 'Run')
    assert.equal(buttonOf({ state: 'failed' }), 'Run again')
    assert.equal(buttonOf({ state: 'running' }), undefined)
  })
})

describe('curvePath', () => {
  it('should go from the left to the right, with the largest loss at the top', () => {
    assert.equal(curvePath([3, 1, 2], 100, 50), 'M0.0 0.0L50.0 50.0L100.0 25.0')
    assert.equal(curvePath([2, 2], 100, 50), 'M0.0 25.0L100.0 25.0')
    assert.equal(curvePath([2], 100, 50), '')
  })
})
