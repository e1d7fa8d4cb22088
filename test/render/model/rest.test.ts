import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openRest, Unwanted } from '../../../src/render/model/rest.ts'

describe('openRest', () => {
  it('should give others their turn once some work is done, and go on', async () => {
    const order: string[] = []
    const rest = openRest({ afterMs: 0 })
    setImmediate(() => order.push('other'))
    await rest()
    order.push('work')
    assert.deepEqual(order, ['other', 'work'])
  })

  it('should not give up the turn before', async () => {
    const order: string[] = []
    const rest = openRest({ afterMs: 60_000, mustStop: () => true })
    setImmediate(() => order.push('other'))
    await rest()
    order.push('work')
    assert.deepEqual(order, ['work'])
  })

  it('should end work that nobody wants any more, as soon as that is known', async () => {
    const stop = openRest({ afterMs: 0, mustStop: () => Promise.resolve(true) })
    await assert.rejects(stop(), Unwanted)
    const goOn = openRest({ afterMs: 0, mustStop: () => Promise.resolve(false) })
    await goOn()
  })
})
