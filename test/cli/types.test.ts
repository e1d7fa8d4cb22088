import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { cell, reportOf, temporaryProject } from '../render/execute/temporary-project.ts'

const cli = fileURLToPath(new URL('../../lib/cli.js', import.meta.url))

test('weft types should name each fault at its place, run nothing, and give the exit status', (t) => {
  const body = (type: string) => `${cell('a', `export const a: ${type} = 1`)}\nIt is \`{ts} a\`.\n`
  const folder = temporaryProject(t, {
    'right.md': reportOf(body('number')),
    'wrong.md': reportOf(body('string')),
  })
  const run = (report: string) =>
    spawnSync(process.execPath, [cli, 'types', report], { cwd: folder, encoding: 'utf8' })
  const right = run('right.md')
  assert.deepEqual([right.status, right.stderr], [0, ''])
  assert.match(right.stdout, /^ {2}typed {6}1 cell, 1 value or claim {2}\d+\.\d s\n$/)
  const wrong = run('wrong.md')
  assert.equal(wrong.status, 1)
  assert.match(
    wrong.stderr,
    /wrong\.md\n6:14-6:15 +error Type `number` is not assignable to type `string` \(TS2322\)/,
  )
})
