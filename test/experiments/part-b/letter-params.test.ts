import assert from 'node:assert/strict'
import test from 'node:test'
import { run } from 'weft/experiment'
import { agreement } from '../../../src/experiments/part-b/agreement.ts'
import { letterFacts } from '../../../src/experiments/part-b/letter-facts.ts'
import { letterSamples } from '../../../src/experiments/part-b/letter-samples.ts'
import { network } from '../../../src/experiments/part-b/network.ts'
import { temporaryFolder } from '../data/temporary-folder.ts'
import '../data/draw-once.ts'

type Params = { readonly data?: string; readonly pin?: unknown }

const runs = {
  network: (params: Params) => run(network, params as Parameters<typeof network.run>[0]),
  agreement: (params: Params) => run(agreement, params as Parameters<typeof agreement.run>[0]),
  letterFacts: (params: Params) => run(letterFacts, params as Parameters<typeof letterFacts.run>[0]),
  letterSamples: (params: Params) => run(letterSamples, params as Parameters<typeof letterSamples.run>[0]),
}

test('letterParams', async (t) => {
  // Hide the data sets of the person who runs the tests.
  const folder = await temporaryFolder(t)
  process.env.WEFT_DATA = folder
  process.env.XDG_CACHE_HOME = folder

  for (const [name, experiment] of Object.entries(runs)) {
    await t.test(`should list the known sets: ${name}`, async () => {
      await assert.rejects(experiment({ data: 'mnist' }), (error: Error) => {
        assert.match(error.message, new RegExp(`^Cannot run experiment \`${name}\`, unexpected params: `))
        assert.match(error.message, /params\.data: .*"notmnist-small"\|"notmnist-h5"\|"stand-in-letters"/)
        return true
      })
    })

    await t.test(`should say how to add the digest of a file to the report: ${name}`, async () => {
      const message =
        'Cannot use `notmnist-h5`, expected its digest in the report, found none: run `npx weft data pin PATH`'
      await assert.rejects(experiment({ data: 'notmnist-h5' }), { message })
    })

    await t.test(`should say where to put the files: ${name}`, async () => {
      const pin = { file: 'data.h5', bytes: 7, sha256: 'abc' }
      await assert.rejects(
        experiment({ data: 'notmnist-h5', pin }),
        /^Error: Cannot find `data\.h5` .*SHA-256 abc.*set WEFT_DATA to the folder that holds it/s,
      )
      await assert.rejects(
        experiment({}),
        /^Error: Cannot find `notmnist-small-.*set WEFT_DATA to the folder that holds it/s,
      )
    })
  }

  await t.test('should require all fields of a digest', async () => {
    const half = { data: 'notmnist-h5', pin: { file: 'data.h5' } }
    await assert.rejects(runs.letterFacts(half), /params\.pin\.bytes: .*; params\.pin\.sha256: /)
  })
})
