import assert from 'node:assert/strict'
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { before, describe, it, type TestContext } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { openEngine } from 'weft/engine'
import { run } from 'weft/experiment'
import type { Engine } from '../../src/experiments/graph/engine.ts'
import { binary } from '../../src/experiments/part-a/binary.ts'
import { tenClass } from '../../src/experiments/part-a/ten-class.ts'
import { network } from '../../src/experiments/part-b/network.ts'
import { biasCorrection } from '../../src/experiments/part-c/bias-correction.ts'
import { normLayers } from '../../src/experiments/part-c/norm-layers.ts'
import { readLock } from '../../src/render/model/lock.ts'
import type { StoredResult } from '../../src/render/model/types.ts'
import { notThird } from '../turns.ts'
import { home, shippedIn } from './project.ts'
import { shownNumbers } from './shown-numbers.ts'

const data = [process.env.WEFT_DATA, join(home, '../shared/data')].find(
  (folder) => folder && existsSync(join(folder, 'fashion-mnist')),
)
const skip = data ? false : 'the published data is absent: set WEFT_DATA to its folder'
const hasLetters = ['notmnist', 'notmnist-small'].some((name) => data && existsSync(join(data, name)))
const skipLetters = hasLetters ? false : 'notMNIST is absent: put it into a folder `notmnist` in WEFT_DATA'

const lock = 'report-src/report.lock.json'

/** Tolerances for another engine or processor: the last digits differ, and training amplifies that. */
const elsewhere = { accuracy: 0.02, loss: 0.05 }

interface Published {
  readonly stored: StoredResult
  readonly params: { readonly [name: string]: unknown }
  readonly seed: number
}

// Only short published jobs of each kind, since all of them take minutes; .ci/run computes a sample of them in any case.
describe('published results, computed again from the real data', { skip: notThird(2) }, () => {
  const jobs = published()

  before(() => {
    process.env.WEFT_DATA = data
  })

  const find = (name: string, wanted: object, seed: number) => {
    const found = jobs.find(
      (job) =>
        job.stored.provenance.job!.name === name &&
        job.seed === seed &&
        Object.entries(wanted).every(([key, value]) => isDeepStrictEqual(job.params[key], value)),
    )
    assert.ok(
      found,
      `expected a job ${name} seed ${seed} with ${JSON.stringify(wanted)} in ${lock}, found none: run \`weft accept\`, or choose another job here`,
    )
    return found
  }

  it('should hold for the binary network on the full batch', { skip }, async () => {
    await prove(find('binary', { batchSize: null }, 1), binary)
  })

  it('should hold for the binary network in batches', { skip }, async () => {
    await prove(find('binary', { batchSize: 256 }, 2), binary)
  })

  it('should hold for the ten-class network in batches', { skip }, async () => {
    await prove(find('tenClass', { batchSize: 64, learningRate: 0.01, epochs: 10 }, 3), tenClass)
  })

  const plain = { data: 'notmnist-small', images: null, dropout: 0, l1: 0, l2: 0 }

  it('should hold for softmax regression on letters', { skip: skipLetters }, async () => {
    await prove(find('network', { ...plain, hidden: [] }, 1), network)
  })

  it('should hold for a network with a hidden layer on letters', { skip: skipLetters }, async () => {
    await prove(find('network', { ...plain, hidden: [200] }, 2), network)
  })

  // In deep networks and at large rates a last digit grows without bound, so test them only on the same processor.
  it('should hold for Adam without bias correction', { skip }, async (t) => {
    await proveHere(find('biasCorrection', {}, 1), biasCorrection, t)
  })

  it('should hold for batch normalization by layers', { skip }, async (t) => {
    await proveHere(find('normLayers', { normalized: true, activation: 'relu' }, 2), normLayers, t)
  })
})

describe('the published report', { skip: notThird(1) }, () => {
  it('should show what follows from its jobs, if every cell runs again but no job', async (t) => {
    const project = shippedIn(t)
    copyFileSync(join(home, lock), project.path(lock))
    mkdirSync(project.path('report-src/freeze'), { recursive: true })
    for (const { stored } of published()) {
      const name = `report-src/freeze/${stored.key}.json`
      copyFileSync(join(home, name), project.path(name))
    }
    const accepted = shownNumbers(project.folder, 'full')
    assert.ok(accepted.length > 20, `${accepted.length} values`)
    const { code, text } = await project.weft(['accept'], { WEFT_DATA: project.path('no-data') })
    assert.equal(code, 0, text)
    assert.doesNotMatch(text, /seed \d.* runs|reused +\d+ cell/)
    assert.deepEqual(shownNumbers(project.folder, 'full'), accepted)
  })
})

/** Lists the jobs in the lock of the full profile. */
function published(): Published[] {
  const jobs = readLock(join(home, lock)).profiles.full?.jobs ?? {}
  return Object.keys(jobs).map((key) => {
    const path = join(home, 'report-src/freeze', `${key}.json`)
    const stored = JSON.parse(readFileSync(path, 'utf8')) as StoredResult
    const { params, seed } = stored.provenance.job!
    return { stored, params: params as Published['params'], seed }
  })
}

type Trained = { readonly history: unknown }

async function prove(
  { stored, params, seed }: Published,
  experiment: typeof binary | typeof tenClass | typeof network,
): Promise<void> {
  const engine = await openEngine()
  const { result } = await run(experiment as typeof binary, params as never, { seed })
  const accepted = stored.exports.result as unknown as Trained
  if (isHere(stored, engine)) assert.deepEqual(result, accepted)
  else assertClose(result.history, accepted.history, { path: 'history', epochs: epochsAnywhere(params) })
}

async function proveHere(
  { stored, params, seed }: Published,
  experiment: typeof biasCorrection | typeof normLayers,
  t: TestContext,
): Promise<void> {
  const engine = await openEngine()
  if (!isHere(stored, engine)) return t.skip(`it was computed on ${stored.provenance.cpu}`)
  const { result } = await run(experiment as typeof biasCorrection, params as never, { seed })
  assert.deepEqual(result, stored.exports.result)
}

function isHere({ provenance }: StoredResult, { name, version }: Pick<Engine, 'name' | 'version'>): boolean {
  return provenance.engine === `${name} ${version}` && provenance.cpu === cpus()[0]?.model.trim()
}

/** Elsewhere, early stopping may end a training sooner or later, but never within the first epochs of patience. */
function epochsAnywhere({ patience }: Published['params']): number | undefined {
  return typeof patience === 'number' ? patience + 1 : undefined
}

/** Compares all numbers; in lists only the first `epochs`. */
function assertClose(
  found: unknown,
  accepted: unknown,
  { path, epochs }: { readonly path: string; readonly epochs: number | undefined },
): void {
  if (typeof accepted === 'number') {
    const most = path.includes('accuracy') ? elsewhere.accuracy : elsewhere.loss
    assert.ok(Math.abs((found as number) - accepted) <= most, `${path}: expected ${accepted}, found ${found}`)
    return
  }
  const compared = Array.isArray(accepted) ? accepted.slice(0, epochs) : (accepted as object)
  for (const [key, value] of Object.entries(compared))
    assertClose((found as Record<string, unknown>)[key], value, { path: `${path}.${key}`, epochs })
}
