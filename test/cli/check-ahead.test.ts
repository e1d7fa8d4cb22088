import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { openChecker } from '../../src/render/bundle/types/open-checker.ts'
import { checkRemembered } from '../../src/render/bundle/types/remember-types.ts'
import { faultsPath, noteCheck } from '../../src/render/bundle/types/running-check.ts'
import type { TypedSource } from '../../src/render/bundle/types/typed-source.ts'
import { pathsOf } from '../../src/render/model/paths.ts'
import { runFlags, runnable } from '../as-run.ts'
import { linesOf, treeOf, typescriptProject } from '../render/bundle/types/typescript-project.ts'
import { cell, reportOf, writeFiles } from '../render/execute/temporary-project.ts'

const program = runnable(new URL('../../src/cli/check-ahead.ts', import.meta.url))
const runIn = (cwd: string) =>
  execFileSync(process.execPath, [...runFlags, program], { cwd, encoding: 'utf8' })
const files = { 'report.md': reportOf(cell('a', 'export const a: string = 1')) }

describe('what npm starts behind its own work', () => {
  it('should check what the first build would check', async (t) => {
    const root = typescriptProject(t, files)
    assert.equal(runIn(root), '')
    const record = join(root, 'dist/.cache/types-report.json')
    const checkedAt = statSync(record).mtimeMs
    const checker = openChecker()
    // It cannot check: what it gives was known.
    await checker.close()
    const known = linesOf(await checkRemembered(treeOf(root), checker, record))
    assert.match(known[0]!, /^report\.md:\d+:\d+ Type `number` is not assignable/)
    assert.equal(statSync(record).mtimeMs, checkedAt)
    assert.ok(!existsSync(`${record}.running`))
  })

  it('should be no use to a report of other content', async (t) => {
    const root = typescriptProject(t, files)
    runIn(root)
    const record = join(root, 'dist/.cache/types-report.json')
    const before = readFileSync(record, 'utf8')
    writeFiles(root, { 'report.md': reportOf(cell('a', 'export const a: string = true')) })
    const checker = openChecker()
    t.after(() => checker.close())
    const found = linesOf(await checkRemembered(treeOf(root), checker, record))
    assert.match(found[0]!, /Type `boolean` is not assignable/)
    assert.notEqual(readFileSync(record, 'utf8'), before)
  })

  it('should be waited for from the first moment', async (t) => {
    const root = typescriptProject(t, files)
    const paths = pathsOf(join(root, 'report.md'))
    // As before it has read the report.
    const end = noteCheck(faultsPath(paths))
    const note = `${faultsPath(paths)}.running`
    const early = JSON.parse(readFileSync(note, 'utf8')) as object
    end()
    const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { stdio: 'ignore' })
    t.after(() => other.kill('SIGKILL'))
    writeFileSync(note, JSON.stringify({ ...early, pid: other.pid }))
    const checker = openChecker()
    t.after(() => checker.close())
    let isChecked = false
    const counting = {
      ...checker,
      check(source: TypedSource) {
        isChecked = true
        return checker.check(source)
      },
    }
    const checking = checkRemembered(treeOf(root), counting, faultsPath(paths))
    await pause(200)
    assert.equal(isChecked, false)
    other.kill('SIGKILL')
    assert.equal((await checking).length, 1)
    assert.ok(isChecked)
  })

  it('should leave alone what is no report', (t) => {
    const root = typescriptProject(t, { 'report.md': '---\ntitle: [\n---\n' })
    assert.equal(runIn(root), '')
    mkdirSync(join(root, 'empty'))
    assert.equal(runIn(join(root, 'empty')), '')
    assert.ok(!existsSync(join(root, 'empty/dist')))
  })
})
