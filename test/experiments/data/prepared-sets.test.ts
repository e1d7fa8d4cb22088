import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'node:test'
import type { LoadOptions } from '../../../src/experiments/data/dataset.ts'
import { fashionMnist } from '../../../src/experiments/data/fashion-mnist.ts'
import { notmnistLargeSample } from '../../../src/experiments/data/notmnist-large-sample.ts'
import { notmnistSmall } from '../../../src/experiments/data/notmnist-small.ts'
import { standInGarments } from '../../../src/experiments/data/stand-in-garments.ts'
import { standInLetterSet } from '../../../src/experiments/data/stand-in-letter-set.ts'
import { standInLetters } from '../../../src/experiments/data/stand-in-letters.ts'
import { needsRealData, realData } from './real-data.ts'
import { temporaryFolder } from './temporary-folder.ts'

interface Loading {
  load(options: LoadOptions): Promise<unknown>
  readonly needs?: typeof needsRealData
  /** How many sets it keeps: letters are split from two others. */
  readonly kept?: number
}

const loadings: Readonly<Record<string, Loading>> = {
  'drawn garments, to test': { load: (options) => standInGarments.load('test', options) },
  'drawn letters, to train': { load: (options) => standInLetters.load('train', options) },
  'drawn letters, split': { load: (options) => standInLetterSet.load(options), kept: 3 },
  'Fashion-MNIST, to test': {
    load: (options) => fashionMnist.load('test', options),
    needs: needsRealData,
  },
  'notMNIST, split': { load: (options) => notmnistSmall.load(options), needs: needsRealData },
  'notMNIST, the sample': { load: (options) => notmnistLargeSample.load(options), needs: needsRealData },
}

for (const [name, { load, needs, kept = 1 }] of Object.entries(loadings)) {
  test(`${name}, should be the same as made, when it is made and when it is read again`, needs, async (t) => {
    const cache = await temporaryFolder(t)
    const options = { env: { WEFT_DATA: realData, XDG_CACHE_HOME: cache }, addresses: [] }
    const files = () => readdir(join(cache, 'weft', 'data', 'prepared')).catch(() => [])
    const made = await load(options)
    assert.deepEqual(await files(), [])
    for (let time = 0; time < 2; time++) {
      assert.deepEqual(await load({ ...options, code: 'a' }), made)
      assert.equal((await files()).filter((file) => file.endsWith('.made')).length, kept)
    }
  })
}
