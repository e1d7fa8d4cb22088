import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openingOf } from '../../../src/render/preview/editor.ts'

const place = { path: '/a folder/one.md', line: 3, column: 5 }

test('the editor should be one with windows that takes a line, else VS Code, else a link', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'weft-editor-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const install = (...names: string[]) => {
    for (const name of names) {
      writeFileSync(join(folder, name), '')
      chmodSync(join(folder, name), 0o755)
    }
  }
  const opening = (env: NodeJS.ProcessEnv) => openingOf(place, { PATH: folder, ...env })
  assert.deepEqual(opening({}), { link: 'vscode://file/a%20folder/one.md:3:5' })
  install('vim', 'subl', 'emacs', 'code', 'gvim')
  const code = { program: 'code', args: ['--goto', '/a folder/one.md:3:5'] }
  assert.deepEqual(opening({ EDITOR: 'vim' }), code)
  assert.deepEqual(opening({ EDITOR: 'emacs -nw' }), code)
  assert.deepEqual(opening({ EDITOR: 'zed' }), code)
  assert.deepEqual(opening({ EDITOR: 'subl -w' }), { program: 'subl', args: ['/a folder/one.md:3:5'] })
  assert.deepEqual(opening({ VISUAL: join(folder, 'gvim'), EDITOR: 'subl' }), {
    program: join(folder, 'gvim'),
    args: ['+call cursor(3,5)', '/a folder/one.md'],
  })
})
