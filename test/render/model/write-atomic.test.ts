import assert from 'node:assert/strict'
import { lstatSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { writeIfOther } from '../../../src/render/model/write-atomic.ts'
import { temporaryProject } from '../execute/temporary-project.ts'

test('writeIfOther should leave a file that has the content, and write any other', (t) => {
  const root = temporaryProject(t, {})
  const path = join(root, 'figures/fig-a.svg')
  const inode = () => statSync(path).ino
  writeIfOther(path, '<svg/>\u{fffd}')
  const first = inode()
  writeIfOther(path, '<svg/>\u{fffd}')
  assert.equal(inode(), first)
  for (const other of ['<svg>', '', Buffer.from('<svg/>\xff', 'latin1')]) {
    writeFileSync(path, other)
    writeIfOther(path, '<svg/>\u{fffd}')
    assert.equal(readFileSync(path, 'utf8'), '<svg/>\u{fffd}')
  }
  const link = join(root, 'link.svg')
  symlinkSync(path, link)
  writeIfOther(link, '<svg/>\u{fffd}')
  assert.ok(lstatSync(link).isFile(), 'a link becomes a file')
  mkdirSync(join(root, 'folder.svg'))
  assert.throws(() => writeIfOther(join(root, 'folder.svg'), ''), /expected a file, found a folder/)
})
