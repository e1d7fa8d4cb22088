import assert from 'node:assert/strict'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { faultOf, faults } from '../../bench/faults/all-faults.ts'
import { lineOf } from '../../bench/faults/print-outcomes.ts'
import { runRound } from '../../bench/faults/run-round.ts'
import { openUndisturbed, type Undisturbed } from '../../bench/faults/undisturbed.ts'
import { isOfThird } from '../turns.ts'

// One round of each fault.
const seeds = faults.map((_, index) => index).filter(isOfThird)

describe('a build that is disturbed', { skip: process.platform !== 'linux' }, () => {
  let folder = ''
  let undisturbed: Undisturbed
  before(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'weft-faults-')))
    undisturbed = await openUndisturbed(folder)
  })
  after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }))

  for (const seed of seeds) {
    const fault = faultOf(seed)!
    it(`should be followed by one as if nothing had happened: ${fault.name}`, async () => {
      const outcome = await runRound(fault, seed, undisturbed, folder)
      assert.deepEqual(outcome.faults, [], lineOf(outcome))
    })
  }
})
