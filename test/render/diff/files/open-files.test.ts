import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { zipSync } from 'fflate'
import { openFiles, sidesOf } from '../../../../src/render/diff/files/open-files.ts'
import { textOf } from '../../../../src/render/diff/files/version-files.ts'
import { temporaryProject } from '../../execute/temporary-project.ts'
import { commit, git } from '../a-history.ts'

test('sidesOf should part two versions, but no path', () => {
  assert.deepEqual(sidesOf('v1..v2'), ['v1', 'v2'])
  assert.deepEqual(sidesOf('v1..'), ['v1', 'HEAD'])
  assert.deepEqual(sidesOf('..v2'), ['HEAD', 'v2'])
  assert.deepEqual(sidesOf('../old.zip'), ['../old.zip', undefined])
  assert.deepEqual(sidesOf('../a.zip..b.zip'), ['../a.zip', 'b.zip'])
  assert.deepEqual(sidesOf('HEAD~2'), ['HEAD~2', undefined])
})

test('openFiles should read a revision, a folder and a zip alike', (t) => {
  const folder = temporaryProject(t, { 'a/b.txt': 'old', 'ü.txt': 'x' })
  git(folder, 'init', '-q')
  commit(folder, 'v1')
  writeFileSync(join(folder, 'a/b.txt'), 'new')
  const zip = join(folder, 'c.zip')
  writeFileSync(zip, zipSync({ 'a/b.txt': new TextEncoder().encode('zipped') }))
  const texts = ['v1', folder, zip].map((word) => textOf(openFiles(word, folder), 'a/b.txt'))
  assert.deepEqual(texts, ['old', 'new', 'zipped'])
  const revision = openFiles('v1', join(folder, 'a'))
  assert.deepEqual([...revision.paths], ['a/b.txt', 'package.json', 'ü.txt'])
  assert.match(revision.detail, /^[0-9a-f]{8} of \d{4}-\d\d-\d\d$/)
  assert.equal(revision.read(['none']).size, 0)
  assert.equal(
    git(folder, 'status', '--porcelain', '--untracked-files=no'),
    'M a/b.txt',
    'the work tree is as it was',
  )
})

test('openFiles should say how to get a revision that a shallow clone lacks', (t) => {
  const folder = temporaryProject(t, { a: '1' })
  git(folder, 'init', '-q')
  commit(folder, 'v1')
  writeFileSync(join(folder, 'a'), '2')
  commit(folder, 'v2')
  const clone = join(folder, 'clone')
  git(folder, 'clone', '-q', '--depth=1', `file://${folder}`, clone)
  assert.throws(() => openFiles('v1~0^', clone), /only the newest commits: run `git fetch --unshallow`/)
})

test('openFiles should take a word for a revision before a folder, unless it is written as a path', (t) => {
  const folder = temporaryProject(t, {
    'v1/a.txt': 'in the folder',
    'other/a.txt': 'x',
    'a.txt': 'committed',
  })
  git(folder, 'init', '-q')
  commit(folder, 'v1')
  const from = process.cwd()
  t.after(() => process.chdir(from))
  process.chdir(folder)
  const textIn = (word: string) => textOf(openFiles(word, folder), 'a.txt')
  assert.deepEqual(['v1', './v1', 'other'].map(textIn), ['committed', 'in the folder', 'x'])
})
