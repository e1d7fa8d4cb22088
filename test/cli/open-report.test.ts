import assert from 'node:assert/strict'
import test from 'node:test'
import { reportOf, temporaryProject } from '../render/execute/temporary-project.ts'
import { weftHere } from './weft-here.ts'

async function errorsOf(cwd: string, ...args: string[]): Promise<string> {
  const { code, stderr } = await weftHere(cwd, args)
  assert.equal(code, 1)
  return stderr
}

test('a command without a report should print one line with the way to name it', async (t) => {
  const folder = temporaryProject(t, {})
  const found =
    'weft: Cannot find report-src/report.md or report.md, expected one of them, or the name of a report'
  for (const args of [[], ['check'], ['why', 'a']])
    assert.equal(
      await errorsOf(folder, ...args),
      `${found}: \`weft build PATH/report.md\`. \`weft init\` writes a first one\n`,
    )
})

test('a command without a report should take the one in report-src, or else report.md', async (t) => {
  const folder = temporaryProject(t, { 'report.md': reportOf('', { chapters: ['a.md'] }) })
  assert.match(await errorsOf(folder), /^report\.md\n2:29 error/)
  const both = temporaryProject(t, {
    'report.md': reportOf(''),
    'report-src/report.md': reportOf('', { chapters: ['b.md'] }),
  })
  assert.match(await errorsOf(both), /^report-src\/report\.md\n2:29 error/)
})

test('a missing chapter should be one line, without the stack of its cause', async (t) => {
  const folder = temporaryProject(t, { 'report.md': reportOf('', { chapters: ['a.md'] }) })
  const reason = 'Cannot read the chapter `a.md`, expected a Markdown file, found none'
  assert.equal(
    await errorsOf(folder, 'report.md'),
    `report.md\n2:29 error ${reason} chapter-exists weft\n\n✖ 1 error\n`,
  )
})
