import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { exclusively } from '../../../src/experiments/data/exclusively.ts'
import { temporaryFolder } from './temporary-folder.ts'

test('exclusively', async (t) => {
  await t.test('should run one task after the other, and free the lock after an error', async (t) => {
    const lock = join(await temporaryFolder(t), 'lock')
    const steps: string[] = []
    const work = (name: string) => async () => {
      steps.push(`${name} begins`)
      await new Promise((resolve) => setImmediate(resolve))
      steps.push(`${name} ends`)
      if (name === 'a') throw new Error('a failed')
    }
    const first = exclusively(lock, {}, work('a'))
    await Promise.all([assert.rejects(first, { message: 'a failed' }), exclusively(lock, {}, work('b'))])
    const [one = '', two = ''] = steps
    assert.equal(one.slice(0, 1), two.slice(0, 1))
    assert.equal(steps.length, 4)
    assert.equal(existsSync(lock), false)
  })

  await t.test('should take over a lock that nobody refreshes', async (t) => {
    const lock = join(await temporaryFolder(t), 'lock')
    await writeFile(lock, '1')
    await utimes(lock, new Date(0), new Date(0))
    assert.equal(await exclusively(lock, {}, async () => 7), 7)
  })

  await t.test('should take over at once the lock of a process that has ended', async (t) => {
    const folder = await temporaryFolder(t)
    const lock = join(folder, 'lock')
    const { pid } = spawnSync(process.execPath, ['--version'])
    await writeFile(lock, `${pid} ${hostname()} x`)
    const lines: string[] = []
    assert.equal(await exclusively(lock, { report: (line) => lines.push(line) }, async () => 7), 7)
    assert.deepEqual([lines, await readdir(folder)], [[], []])
  })

  await t.test('should name the process that it waits for, also on another host', async (t) => {
    const folder = await temporaryFolder(t)
    for (const holder of [`${process.pid} ${hostname()} x`, '4194303 some-other-host x']) {
      const lock = join(folder, 'lock')
      await writeFile(lock, holder)
      const stop = new AbortController()
      const lines: string[] = []
      const report = (line: string) => {
        lines.push(line)
        stop.abort()
      }
      const waiting = exclusively(lock, { signal: stop.signal, report }, async () => 7)
      await assert.rejects(waiting, { name: 'AbortError' })
      assert.deepEqual(lines, [`lock: waiting for process ${holder.split(' ')[0]}`])
      assert.equal(await readFile(lock, 'utf8'), holder)
    }
  })

  await t.test('should leave a lock that another process has taken over', async (t) => {
    const lock = join(await temporaryFolder(t), 'lock')
    await exclusively(lock, {}, () => writeFile(lock, 'another'))
    assert.equal(await readFile(lock, 'utf8'), 'another')
  })

  await t.test('should stop waiting at the signal', async (t) => {
    const lock = join(await temporaryFolder(t), 'lock')
    await writeFile(lock, '1')
    await assert.rejects(
      exclusively(lock, { signal: AbortSignal.abort() }, async () => 7),
      { name: 'AbortError' },
    )
  })
})
