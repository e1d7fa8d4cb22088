import assert from 'node:assert/strict'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { matchAccepted, readLock } from '../../../src/render/model/lock.ts'

const named = (source: string, id?: string, more: object = {}) => ({
  ...{ id, file: 'a.md', kind: 'value' as const, source },
  ...more,
})
const accepted = (text: string, ...of: Parameters<typeof named>) => ({
  ...named(...of),
  ...{ text, read: {}, printed: [] },
})

function textsOf(here: ReturnType<typeof named>[], before: ReturnType<typeof accepted>[]) {
  const found = matchAccepted(here, before)
  return here.map((one) => found.get(one)?.text)
}

test('matchAccepted should match by id, whatever the order', () => {
  const before = [accepted('1', 'x', 'one'), accepted('2', 'x', 'two'), accepted('3', 'y', 'three')]
  const here = [named('x', 'new'), named('y', 'three'), named('x', 'two'), named('x', 'one')]
  assert.deepEqual(textsOf(here, before), [undefined, '3', '2', '1'])
})

test('matchAccepted should match entries with another id or none by source, in order', () => {
  const before = [accepted('1', 'x', 'old'), accepted('2', 'x', 'kept'), accepted('3', 'x', 'old too')]
  const here = [named('x', 'kept'), named('x', 'new'), named('x', 'new too'), named('x', 'more')]
  assert.deepEqual(textsOf(here, before), ['2', '1', '3', undefined])
  assert.deepEqual(textsOf(here, [accepted('1', 'x'), accepted('2', 'x')]), ['1', '2', undefined, undefined])
  assert.deepEqual(textsOf([named('x'), named('x')], before), ['1', '2'])
})

test('matchAccepted should not trust the id of an edited entry', () => {
  const here = [named('x', 'one')]
  for (const edited of [{ source: 'y' }, { file: 'b.md' }, { kind: 'claim' as const }])
    assert.deepEqual(textsOf(here, [accepted('1', 'x', 'one', edited)]), [undefined])
  assert.deepEqual(textsOf(here, [accepted('1', 'x', 'one', { source: 'y' }), accepted('2', 'x', 'two')]), [
    '2',
  ])
  assert.equal(matchAccepted([], [accepted('1', 'x', 'one')]).size, 0)
})

test('readLock should name the lock that it cannot read, and what to do', () => {
  const path = fileURLToPath(import.meta.url)
  const advice = 'Restore it, or remove it and accept each profile again with `weft accept`'
  const refuse = () => {
    throw new Error('expected a file in this folder')
  }
  assert.throws(() => readLock(path, refuse), {
    message: `Cannot read ${path}, expected a file in this folder. ${advice}`,
  })
  assert.throws(() => readLock(path, () => Buffer.from('{')), {
    message: new RegExp(`^Cannot read .*lock\\.test\\.[jt]s, .*JSON.*${advice}$`),
  })
  assert.deepEqual(readLock(`${path}.absent`, refuse).profiles, {})
})
