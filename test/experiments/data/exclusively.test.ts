import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'node:test'
import { exclusively } from '../../../src/experiments/data/exclusively.ts'
import { temporaryFolder } from './temporary-folder.ts'

test('exclusively', async (t) => {
  await t.test('should let one after the other work, and free the lock after an error', async (t) => {
    const lock = join(await temporaryFolder(t), 'lock')
    const steps: string[] = []
    const work = (name: string) => async () => {
      steps.push(`${name} begins`)
      await new Promise((resolve) => setImmediate(resolve))
      steps.push(`${name} ends`)
      if (name === 'a') throw new Error('a failed')
    }
    const first = exclusively(lock, undefined, work('a'))
    await Promise.all([
      assert.rejects(first, { message: 'a failed' }),
      exclusively(lock, undefined, work('b')),
    ])
    const [one = '', two = ''] = steps
    assert.equal(one.slice(0, 1), two.slice(0, 1))
    assert.equal(steps.length, 4)
    assert.equal(existsSync(lock), false)
  })

  await t.test('should take over a lock that nobody refreshes', async (t) => {
    const lock = join(await temporaryFolder(t), 'lock')
    await writeFile(lock, '1')
    await utimes(lock, new Date(0), new Date(0))
    assert.equal(await exclusively(lock, undefined, async () => 7), 7)
  })

  await t.test('should wait no longer than its signal', async (t) => {
    const lock = join(await temporaryFolder(t), 'lock')
    await writeFile(lock, '1')
    await assert.rejects(
      exclusively(lock, AbortSignal.abort(), async () => 7),
      { name: 'AbortError' },
    )
  })
})
