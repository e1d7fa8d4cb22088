import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { faultOf, faults } from '../../bench/faults/all-faults.ts'
import { type Stored, storedIn, wrongNumbers } from '../../bench/faults/compare.ts'
import { damageFile } from '../../bench/faults/damage.ts'
import type { Fault } from '../../bench/faults/fault.ts'
import { lineOf, tableOf } from '../../bench/faults/print-outcomes.ts'
import type { Outcome } from '../../bench/faults/run-round.ts'
import { fileOf, serialize, toStoredResult } from '../../src/render/cache/result-store.ts'
import { seededRandom } from '../../src/statistics/random.ts'
import { temporaryProject } from '../render/execute/temporary-project.ts'
import { resultOf } from '../render/results/gc/gc-project.ts'

test('faultOf should take each fault in turn, and the next one that a machine can do', () => {
  const [one, two, three] = ['one', 'two', 'three'].map(
    (name): Fault => ({ name, command: 'build', states: ['new'] }),
  ) as [Fault, Fault, Fault]
  const all = [one, { ...two, lacks: () => 'no file system can be mounted' }, three]
  assert.deepEqual(
    [0, 1, 2, 3, -1].map((seed) => faultOf(seed, all)?.name),
    ['one', 'three', 'three', 'one', 'three'],
  )
  assert.equal(faultOf(1, [all[1]!]), undefined)
  assert.equal(new Set(faults.map(({ name }) => name)).size, faults.length)
})

test('damageFile should always change a file', (t) => {
  const root = temporaryProject(t, {})
  for (let seed = 1; seed <= 60; seed++) {
    const path = join(root, `file-${seed}`)
    writeFileSync(path, '{"value": 12, "other": 345}')
    const how = damageFile(path, seededRandom(seed))
    const isSame = statSync(path).isFile() && readFileSync(path, 'utf8') === '{"value": 12, "other": 345}'
    assert.equal(isSame, false, how)
  }
})

test('wrongNumbers should name a result that differs, or that no undisturbed build has', (t) => {
  const root = temporaryProject(t, {})
  const stored = resultOf('a')
  const other = toStoredResult({ ...stored, exports: { label: 'b' } })
  const folders = ['right', 'wrong', 'more'].map((name) => join(root, name)) as [string, string, string]
  for (const folder of folders) mkdirSync(folder)
  const put = (folder: string, one: typeof stored) => writeFileSync(fileOf(folder, one.key), serialize(one))
  put(folders[0], stored)
  put(folders[1], other)
  put(folders[2], resultOf('unknown'))
  const [right, wrong, more] = folders.map(storedIn) as [Stored, Stored, Stored]
  assert.deepEqual(wrongNumbers(right, right), [])
  assert.deepEqual(wrongNumbers(wrong, right), ['a has other numbers'])
  assert.deepEqual(wrongNumbers(more, right), ['unknown has a key that no undisturbed build has'])
})

test('a round that failed should say how to run it alone', () => {
  const outcome: Outcome = {
    ...{ seed: 17, fault: 'kill the build', notes: ['new'], disturbed: 'was ended', stored: 3, ran: 5 },
    ...{ faults: ['report.pdf has other bytes'], elapsedMs: 1234 },
  }
  assert.match(
    lineOf(outcome),
    /FAILED: report\.pdf has other bytes\n +alone: npm run bench -- faults --rounds 1 --seed 17$/,
  )
  assert.match(lineOf(outcome, 'kill'), /--seed 17 --only 'kill'$/)
  assert.doesNotMatch(lineOf({ ...outcome, faults: [] }), /FAILED|alone/)
  assert.match(tableOf([outcome, { ...outcome, faults: [] }]), /kill the build +2 +0 +0 +2 +6 +1$/)
})
