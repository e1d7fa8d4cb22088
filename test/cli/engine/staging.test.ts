import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { assertRoom, makeWhole } from '../../../src/cli/engine/staging.ts'
import { runFlags, runnableUrl } from '../../as-run.ts'
import { temporaryFolder } from '../../experiments/data/temporary-folder.ts'

const module = runnableUrl(new URL('../../../src/cli/engine/staging.ts', import.meta.url))

test('makeWhole', async (t) => {
  await t.test('should show nothing until it is whole, and remove what fails', async (t) => {
    const folder = await temporaryFolder(t)
    const target = join(folder, 'it')
    const fails = makeWhole(target, async (part) => {
      writeFileSync(join(part, 'file'), '')
      assert.ok(!existsSync(target))
      throw new Error('no')
    })
    await assert.rejects(fails, { message: 'no' })
    assert.deepEqual(readdirSync(folder), [])
    await makeWhole(target, async (part) => writeFileSync(join(part, 'file'), ''))
    assert.deepEqual(readdirSync(target), ['file'])
  })

  for (const [signal, isLeft] of [
    ['SIGTERM', false],
    ['SIGKILL', true],
  ] as const) {
    await t.test(`should leave nothing after ${signal}, at the latest the next time`, async (t) => {
      const folder = await temporaryFolder(t)
      const target = join(folder, 'it')
      const code = `const { makeWhole } = await import(${JSON.stringify(module)})
        await makeWhole(${JSON.stringify(target)}, () => new Promise(() => setInterval(() => console.log('busy'), 20)))`
      const child = spawn(process.execPath, [...runFlags, '--input-type=module', '-e', code])
      await new Promise((resolve) => child.stdout.once('data', resolve))
      child.kill(signal)
      await new Promise((resolve) => child.once('exit', resolve))
      assert.deepEqual(readdirSync(folder).length, isLeft ? 1 : 0)
      await makeWhole(target, async () => {})
      assert.deepEqual(readdirSync(folder), ['it'])
    })
  }

  await t.test('should leave the folder of another process that runs', async (t) => {
    const folder = await temporaryFolder(t)
    mkdirSync(join(folder, `it.part-${process.ppid}`))
    await makeWhole(join(folder, 'it'), async () => {})
    assert.equal(readdirSync(folder).length, 2)
  })
})

test('assertRoom', async () => {
  await assertRoom('/nowhere/at/all', 1)
  await assert.rejects(
    assertRoom('/a', 2e9, async () => 1e9),
    { message: /^Cannot install into \/a, expected 2\.0 GB free on its disk, found 1\.0 GB: free some/ },
  )
})
