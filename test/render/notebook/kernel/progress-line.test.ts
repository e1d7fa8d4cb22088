import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openProgressLine } from '../../../../src/render/notebook/kernel/progress-line.ts'
import { fakeDisplay } from './fake-display.ts'

function ids(): () => string {
  let count = 0
  return () => {
    count += 1
    return `weft-jobs-${count}`
  }
}

describe('openProgressLine', () => {
  it('should never write into a line of before', async () => {
    const { display, shown } = fakeDisplay()
    for (const line of [openProgressLine(display), openProgressLine(display)]) line.asked('binary')
    assert.equal(new Set(shown).size, 2)
  })

  it('should show one line for jobs that are asked for together, and how each result was had', async () => {
    const { display, shown } = fakeDisplay()
    let now = 0
    const line = openProgressLine(display, { now: () => now, newId: ids() })
    line.asked('binary')
    line.asked('binary')
    line.done('stored')
    await line.settle()
    line.running('binary seed 2')
    now = 200
    line.step('binary seed 2', { epoch: 3, epochs: 40, loss: 0.51234 })
    now = 250
    line.step('binary seed 2', { epoch: 4, epochs: 40 })
    line.done('computed')
    await line.settle()
    line.asked('ten')
    line.done('different', 'ten seed 1 has result.a 2, stored is 1')
    await line.settle()
    assert.deepEqual(shown, [
      'show weft-jobs-1: binary ...',
      'update weft-jobs-1: binary seed 2: epoch 3 of 40, loss 0.5123 (job 2 of 2)',
      'update weft-jobs-1: binary: 2 jobs, 1 from stored results, 1 computed here',
      'settle',
      'show weft-jobs-2: ten ...',
      'update weft-jobs-2: ten: 1 job, computed here otherwise than stored\nten seed 1 has result.a 2, stored is 1',
      'settle',
    ])
  })

  it('should end the line of jobs that fail', async () => {
    const { display, shown } = fakeDisplay()
    const line = openProgressLine(display, { now: () => 0, newId: ids() })
    line.asked('binary')
    await line.failed()
    assert.deepEqual(shown, ['show weft-jobs-1: binary ...', 'update weft-jobs-1: binary: failed', 'settle'])
  })
})
