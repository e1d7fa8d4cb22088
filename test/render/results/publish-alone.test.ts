import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { keysIn } from '../../../src/render/cache/result-store.ts'
import { acceptedKeys, readLock } from '../../../src/render/model/lock.ts'
import { machineName } from '../../../src/render/model/machine-name.ts'
import { pathsOf } from '../../../src/render/model/paths.ts'
import { publishAlone } from '../../../src/render/results/publish-alone.ts'
import { runFlags, runnable } from '../../as-run.ts'
import { temporaryProject } from '../execute/temporary-project.ts'

const profiles = ['full', 'quick', 'tiny']
const rounds = 8

test('publishAlone should keep what several processes accept at the same moment', async (t) => {
  const root = temporaryProject(t, {})
  const report = join(root, 'report.md')
  const paths = pathsOf(report)
  const program = runnable(new URL('accepting-process.ts', import.meta.url))
  const children = profiles.map((profile) => {
    const child = fork(program, [report, profile, String(rounds)], { execArgv: [...runFlags] })
    t.after(() => child.kill('SIGKILL'))
    return child
  })
  for (let round = 0; round < rounds; round++) {
    await Promise.all(children.map((child) => once(child, 'message')))
    const ready = children.map((child) => once(child, 'message'))
    const begin = Date.now() + 10
    for (const child of children) child.send(begin)
    await Promise.all(ready)
    const lock = readLock(paths.lock)
    const accepted = Object.entries(lock.profiles).map(([name, { jobs }]) => [name, Object.values(jobs)])
    assert.deepEqual(
      accepted,
      profiles.map((name) => [name, [`${name} ${round}`]]),
      `round ${round}`,
    )
    assert.deepEqual(keysIn(paths.freeze), [...acceptedKeys(lock)].sort(), `round ${round}`)
  }
  assert.equal(readdirSync(paths.freeze).length, profiles.length, 'no note is left')
})

test('publishAlone should say what to do if another process does not end, and take over from a dead one', async (t) => {
  const folder = join(temporaryProject(t, {}), 'freeze')
  mkdirSync(folder)
  const note = join(folder, `publishing-${machineName()}.${process.pid}-0123456789abcdef.tmp`)
  writeFileSync(note, '')
  await assert.rejects(
    publishAlone(folder, () => assert.fail(), { patienceMs: 50 }),
    {
      message: `Cannot publish into ${folder}, another \`weft accept\` does so now: run the command again when that has ended, or remove ${note} if no other is running`,
    },
  )
  assert.deepEqual(readdirSync(folder), [note.slice(folder.length + 1)])
  const dead = note.replace(`.${process.pid}-`, '.4194999-')
  writeFileSync(dead, '')
  setTimeout(() => rmSync(note), 100)
  assert.equal(await publishAlone(folder, () => 3), 3)
  assert.equal(existsSync(folder), false, 'an empty folder is not left')
})
