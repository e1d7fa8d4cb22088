import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import test from 'node:test'
import { promisify } from 'node:util'
import { runFlags, runnable } from '../../../as-run.ts'
import { engineNames } from '../check-op.ts'

const file = runnable(new URL('train-long.ts', import.meta.url))
/** Growth of resident memory per thousand steps, after 2,000 steps of warm-up, without the largest: the heap may grow once. */
const bytesTolerance = 1e6

test('train', async (t) => {
  const each = engineNames.map(async (name) => {
    const { stdout } = await promisify(execFile)(process.execPath, [...runFlags, file, name])
    return JSON.parse(stdout) as number[]
  })
  for (const [index, name] of engineNames.entries()) {
    await t.test(`should not use more memory from step 2,000 to 10,000 on ${name}`, async () => {
      const resident = await each[index]!
      assert.equal(resident.length, 10)
      const growths = resident.slice(2).map((bytes, index) => bytes - resident[index + 1]!)
      const growth = (resident[9]! - resident[1]! - Math.max(...growths)) / 7
      assert.ok(growth < bytesTolerance, `grew by ${growth} bytes per 1,000 steps: ${resident}`)
    })
  }
})
