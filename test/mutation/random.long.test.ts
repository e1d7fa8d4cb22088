import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Start } from './check-mutation.ts'
import { openStart } from './check-mutation.ts'
import { checkChain } from './random-chain.ts'
import { fixtureSources } from './sources.ts'

// .ci/nightly takes 200 steps. A failure names its seed and step; WEFT_MUTATION_SEED repeats it.
const steps = Number(process.env.WEFT_MUTATIONS ?? 12)
const firstSeed = Number(process.env.WEFT_MUTATION_SEED ?? 1)
const longest = 25
const chains = Math.max(2, Math.ceil(steps / longest))

describe('a build after random mutations', { concurrency: 2 }, () => {
  let start: Start

  before(async () => {
    start = await openStart(fixtureSources())
  })
  after(() => start.box.close())

  for (let chain = 0; chain < chains; chain++) {
    const seed = firstSeed + chain
    const length = Math.ceil(steps / chains)
    it(`should equal a build from nothing after each of ${length}, seed ${seed}`, async () => {
      assert.equal((await checkChain({ seed, steps: length }, start)).join('\n'), '')
    })
  }
})
