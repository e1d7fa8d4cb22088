import assert from 'node:assert/strict'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { UntrustedInputError } from '../../../src/render/model/messages.ts'
import { guardFiles } from '../../../src/render/untrusted/guard-files.ts'
import { temporaryProject } from '../execute/temporary-project.ts'

test('guardFiles should read a file of the folder, by its name and through a link within', (t) => {
  const root = temporaryProject(t, { 'report/deep/a.txt': 'words' })
  symlinkSync('deep', join(root, 'report/link'))
  const read = guardFiles(join(root, 'report'))
  assert.equal(read('deep/a.txt').toString(), 'words')
  assert.equal(read('link/../deep/a.txt').toString(), 'words')
  assert.equal(read('link/a.txt').toString(), 'words')
  assert.equal(read(join(root, 'report/deep/a.txt')).toString(), 'words')
})

test('guardFiles should read nothing outside, nor say whether it is there', (t) => {
  const root = temporaryProject(t, { 'secret.txt': 'secret', 'report-other/a.txt': 'secret' })
  mkdirSync(join(root, 'report'))
  const read = guardFiles(join(root, 'report'))
  for (const path of [
    '../secret.txt',
    '../absent.txt',
    join(root, 'secret.txt'),
    '../report-other/a.txt',
    '.',
    '/dev/zero',
  ])
    assert.throws(() => read(path), UntrustedInputError, path)
})

test('guardFiles should refuse what is too large by itself, and all files together', (t) => {
  const root = temporaryProject(t, { 'a.txt': '12345' })
  const read = guardFiles(root)
  assert.throws(() => read('a.txt', 4), /expected at most 4 bytes, found 5/)
  assert.equal(read('a.txt', 5).length, 5)
})

test('guardFiles should leave an absent file to Node', (t) => {
  assert.throws(() => guardFiles(temporaryProject(t, {}))('absent.txt'), { code: 'ENOENT' })
})
