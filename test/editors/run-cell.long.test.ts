import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import test from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { cell, reportOf, temporaryProject } from '../render/execute/temporary-project.ts'

const home = fileURLToPath(new URL('../..', import.meta.url))

interface Cell {
  readonly state: string
  readonly elapsedMs?: number
  readonly text: string
}

interface Preview {
  findPreview(folder: string): object | undefined
  runCell(preview: object, label: string, onState: (cell: Cell) => void): Promise<Cell>
}

test('an editor should run a cell through a preview, and get its output and time', async (t) => {
  const { findPreview, runCell } = createRequire(import.meta.url)(
    `${home}/editors/vscode/preview.js`,
  ) as Preview
  const root = temporaryProject(t, {
    'report.md': reportOf(cell('sum', 'export const sum = 1 + 2', "export default 'The sum is ' + sum")),
  })
  assert.equal(findPreview(root), undefined)
  const child = spawn(process.execPath, [`${home}/lib/cli.js`, 'preview', 'report.md', '--no-open'], {
    cwd: root,
    stdio: 'ignore',
  })
  const ended = new Promise((resolve) => child.on('exit', resolve))
  t.after(async () => {
    child.kill('SIGTERM')
    await ended
  })
  let preview: object | undefined
  while (preview === undefined && child.exitCode === null) {
    await wait(100)
    preview = findPreview(root)
  }
  // The first page has the cell only when its report was read.
  let found: Cell | undefined
  while (found?.state !== 'done') {
    found = await runCell(preview!, 'sum', () => {}).catch(() => undefined)
    await wait(100)
  }
  assert.equal(found.text, 'The sum is 3')
  assert.ok(found.elapsedMs! >= 0)
  await assert.rejects(
    runCell(preview!, 'nothing', () => {}),
    /nothing/,
  )
})
