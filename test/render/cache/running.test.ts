import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { noteRunning, runningIn } from '../../../src/render/cache/running.ts'
import { temporaryProject } from '../execute/temporary-project.ts'

const hourMs = 3_600_000

test('noteRunning should say that this process works with a cache, until it ends', (t) => {
  const cache = temporaryProject(t, {})
  const [end, endOther] = [noteRunning(cache), noteRunning(cache)]
  const { running, dead } = runningIn(cache, Date.now())
  assert.deepEqual([running.map(({ pid }) => pid), dead], [[process.pid, process.pid], []])
  assert.ok(Math.abs(Date.parse(running[0]!.startedAt) - Date.now()) < hourMs)
  end()
  assert.equal(runningIn(cache, Date.now()).running.length, 1)
  endOther()
  assert.deepEqual(readdirSync(join(cache, 'running')), [])
})

test('runningIn should know a build that was killed, and one of another machine that is silent', (t) => {
  const cache = temporaryProject(t, {})
  const end = noteRunning(cache)
  t.after(end)
  const [name] = readdirSync(join(cache, 'running'))
  const note = JSON.parse(readFileSync(join(cache, 'running', name!), 'utf8')) as object
  const { pid } = spawnSync(process.execPath, ['-e', ''])
  const put = (file: string, value: object, ageMs: number) => {
    const path = join(cache, 'running', file)
    writeFileSync(path, JSON.stringify(value))
    const time = new Date(Date.now() - ageMs)
    utimesSync(path, time, time)
    return path
  }
  const killed = put('killed.json', { ...note, pid }, 0)
  const elsewhere = put('elsewhere.json', { ...note, machine: 'another', host: 'there', pid }, hourMs / 2)
  const silent = put('silent.json', { ...note, machine: 'another', host: 'there' }, 2 * hourMs)
  const { running, dead } = runningIn(cache, Date.now())
  assert.deepEqual(dead.toSorted(), [killed, silent].sort())
  assert.deepEqual(running.map(({ path }) => path).sort(), [elsewhere, join(cache, 'running', name!)].sort())
})

test('noteRunning should leave a cache alone that cannot be written', (t) => {
  const root = temporaryProject(t, { cache: 'a file' })
  noteRunning(join(root, 'cache'))()
  assert.deepEqual(runningIn(join(root, 'cache'), Date.now()), { running: [], dead: [] })
})
