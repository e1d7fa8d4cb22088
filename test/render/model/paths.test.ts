import assert from 'node:assert/strict'
import { posix, win32 } from 'node:path'
import test from 'node:test'
import { pathFrom } from '../../../src/render/model/paths.ts'

test('pathFrom should give the same path on every platform: it is a part of ids, keys and locks', () => {
  assert.equal(pathFrom('/home/me/study', '/home/me/study/report-src/a b/ä.md', posix), 'report-src/a b/ä.md')
  assert.equal(
    pathFrom('C:\\me\\study', 'C:\\me\\study\\report-src\\a b\\ä.md', win32),
    'report-src/a b/ä.md',
  )
  assert.equal(pathFrom('C:\\me\\study', 'C:\\me\\other.md', win32), '../other.md')
  assert.equal(pathFrom('C:\\me', 'C:\\me', win32), '')
})
