import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Json, StoredResult } from '../../../../src/render/model/types.ts'
import { openNotebookJobs } from '../../../../src/render/notebook/kernel/notebook-jobs.ts'
import { openProgressLine } from '../../../../src/render/notebook/kernel/progress-line.ts'
import { cell, reportOf, temporaryProject } from '../../execute/temporary-project.ts'
import { fakeDisplay } from './fake-display.ts'

const module = './src/double.ts'
const source = "export const double = { name: 'double', params: {}, run: ({ x }) => ({ twice: 2 * x }) }"

interface Asking {
  readonly results: 'stored' | 'computed' | 'compared'
  /** What the store has for every key. */
  readonly stored?: { readonly twice: number }
}

function open(t: Parameters<typeof temporaryProject>[0], { results, stored }: Asking) {
  const root = temporaryProject(t, {
    'src/double.ts': source,
    'report.md': reportOf(cell('a', 'export const a = 1')),
  })
  const { display, shown } = fakeDisplay()
  const keys: string[] = []
  let engines = 0
  const job = openNotebookJobs({
    root,
    results,
    progress: openProgressLine(display, { now: () => 0, newId: () => 'line' }),
    store: {
      read(key) {
        keys.push(key)
        return (
          stored &&
          ({ key, exports: { result: stored }, measured: { training: 7 } } as unknown as StoredResult)
        )
      },
    },
    experimentAt: (address) => {
      assert.deepEqual([address.module, address.name], [module, 'double'])
      return {
        name: 'double',
        run(params, context) {
          const { measure, progress } = context as {
            measure(name: string, value: Json): void
            progress(step: object): void
          }
          progress({ epoch: 1, epochs: 1 })
          measure('training', 3)
          const { x } = params as { x: number }
          if (x < 0) throw new Error('below zero')
          return { twice: 2 * x, left: undefined }
        },
      }
    },
    openEngine: async () => {
      engines += 1
      return {}
    },
  })
  const ask = (x: number, seed = 1) =>
    job({ module, name: 'double', params: { x, absent: undefined } as never, seed })
  return { ask, shown, keys, engines: () => engines }
}

describe('openNotebookJobs', () => {
  it('should give stored results by the key of the job, without an engine', async (t) => {
    const { ask, shown, keys, engines } = open(t, { results: 'stored', stored: { twice: 4 } })
    const jobs = await Promise.all([ask(2), ask(2), ask(3), ask(2, 5)])
    assert.deepEqual(jobs[0], { params: { x: 2 }, result: { twice: 4 }, measured: { training: 7 } })
    assert.equal(keys[0], keys[1])
    assert.equal(new Set(keys).size, 3)
    assert.equal(engines(), 0)
    assert.deepEqual(shown.at(-2), 'update line: double: 4 jobs, from stored results')
  })

  it('should compute what is not stored, one after the other, and go on after a failure', async (t) => {
    const { ask, shown, engines } = open(t, { results: 'stored' })
    const [one, failed, other] = await Promise.allSettled([ask(2), ask(-1), ask(3)])
    assert.deepEqual(one, {
      status: 'fulfilled',
      value: { params: { x: 2 }, result: { twice: 4 }, measured: { training: 3 } },
    })
    assert.equal((failed as PromiseRejectedResult).reason.message, 'below zero')
    assert.equal(
      (other as unknown as PromiseFulfilledResult<{ result: { twice: number } }>).value.result.twice,
      6,
    )
    assert.equal(engines(), 1)
    assert.equal(shown.at(-2), 'update line: double: 2 jobs, computed here')
  })

  it('should compute all on request, and ask for no key then', async (t) => {
    const { ask, keys } = open(t, { results: 'computed', stored: { twice: 5 } })
    assert.deepEqual((await ask(2)).result, { twice: 4 })
    assert.deepEqual(keys, [])
  })

  it('should compare what it computes with what is stored, and show the stored times', async (t) => {
    const same = open(t, { results: 'compared', stored: { twice: 4 } })
    assert.deepEqual(await same.ask(2), { params: { x: 2 }, result: { twice: 4 }, measured: { training: 7 } })
    assert.equal(same.shown.at(-2), 'update line: double: 1 job, computed here as stored')
    const near = open(t, { results: 'compared', stored: { twice: 4.000000001 } })
    assert.deepEqual((await near.ask(2)).result, { twice: 4 })
    assert.equal(near.shown.at(-2), 'update line: double: 1 job, computed here as stored')
    for (const [stored, said] of [
      [1e-17, 'computed here as stored'],
      [1e-9, 'computed here otherwise than stored'],
    ] as const) {
      const zero = open(t, { results: 'compared', stored: { twice: stored } })
      assert.deepEqual((await zero.ask(0)).result, { twice: 0 })
      assert.ok(zero.shown.at(-2)!.includes(said), zero.shown.at(-2))
    }
    const other = open(t, { results: 'compared', stored: { twice: 5 } })
    assert.deepEqual((await other.ask(2)).result, { twice: 4 })
    assert.equal(
      other.shown.at(-2),
      'update line: double: 1 job, computed here otherwise than stored\ndouble seed 1 has result.twice 4, stored is 5',
    )
  })
})
