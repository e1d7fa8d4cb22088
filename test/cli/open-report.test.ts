import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { reportOf, temporaryProject } from '../render/execute/temporary-project.ts'

const cli = fileURLToPath(new URL('../../lib/cli.js', import.meta.url))

function errorsOf(cwd: string, ...args: string[]): string {
  const { status, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd, encoding: 'utf8' })
  assert.equal(status, 1)
  return stderr
}

test('a command without a report should print one line with the way to name it', (t) => {
  const folder = temporaryProject(t, {})
  const found = 'weft: Cannot find report-src/report.md, expected it, or the name of a report'
  for (const args of [[], ['check'], ['why', 'a']])
    assert.equal(errorsOf(folder, ...args), `${found}: \`weft build PATH/report.md\`\n`)
  const beside = temporaryProject(t, { 'report.md': reportOf('') })
  assert.equal(errorsOf(beside), `${found}: \`weft build report.md\`\n`)
})

test('a missing chapter should be one line, without the stack of its cause', (t) => {
  const folder = temporaryProject(t, { 'report.md': reportOf('', { chapters: ['a.md'] }) })
  const reason = 'Cannot read the chapter `a.md`, expected a Markdown file, found none'
  assert.equal(
    errorsOf(folder, 'report.md'),
    `report.md\n2:29 error ${reason} chapter-exists weft\n\n✖ 1 error\n`,
  )
})
