import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { promisify } from 'node:util'
import { build } from '../../../src/render/pipeline/build.ts'
import { descendantsOf, until as eventually, untilGone } from '../../report/processes.ts'
import { cell, reportOf, values } from '../execute/temporary-project.ts'
import { experimentOf, waveProject } from './wave-project.ts'

const execute = promisify(execFile)

const workers = () => descendantsOf(process.pid).filter(({ command }) => command.includes('lib/process.js'))

describe('a wave in a world that changes', { concurrency: 1 }, () => {
  it('should survive the death of the process of its cells', async (t) => {
    const text = (a: number) =>
      reportOf(
        cell('fast', `export const fast = ${a}`) +
          cell('slow', 'await new Promise((go) => setTimeout(go, 500))', `export const slow = fast + 1`),
      )
    const { edit, until, wave, page } = waveProject(t, { 'report.md': text(1) })
    await edit()
    await until('done fast', 'running slow')
    const [worker] = workers()
    process.kill(worker!.pid, 'SIGKILL')
    await until('failed slow')
    const failed = (await page()).cells.get('slow')!
    assert.match(failed.state === 'failed' ? failed.failure.message : '', /killed its process.*SIGKILL/)
    wave.run('slow')
    await until('done fast', 'done slow')
    // One that rests.
    for (const { pid } of workers()) process.kill(pid, 'SIGKILL')
    await edit({ 'report.md': text(2) })
    await until('done fast', 'done slow')
    assert.equal((await page()).exports.get('slow'), 3)
  })

  it('should run a cell that failed again when a file is there that it looked for, or its job did', async (t) => {
    const reader = experimentOf(
      'reader',
      "return JSON.parse((await import('node:fs')).readFileSync('of-job.json', 'utf8'))",
    )
    const { edit, until, results } = waveProject(t, {
      ...reader,
      'report.md': reportOf(
        cell(
          'a',
          "import { readFileSync } from 'node:fs'",
          "export const a = readFileSync('of-cell.txt', 'utf8')",
        ) +
          cell(
            'b',
            "import { run } from 'weft/experiment'\nimport { reader } from './reader.ts'",
            'export const b = (await run(reader, {})).result',
          ),
      ),
    })
    await edit()
    await until('failed a', 'failed b')
    await edit({ 'unrelated.txt': '' })
    await until('failed a', 'failed b')
    assert.deepEqual([...results].sort(), ['a', 'b'])
    await edit({ 'of-cell.txt': 'there' })
    await until('done a', 'failed b')
    await edit({ 'of-job.json': '[1]' })
    await until('done a', 'done b')
  })

  it('should not run a cell for ever that changes what it reads', async (t) => {
    const { edit, until, results, page } = waveProject(t, {
      'count.txt': '0',
      'report.md': reportOf(
        cell(
          'total',
          "import { readFileSync, writeFileSync } from 'node:fs'",
          "export const total = Number(readFileSync('count.txt', 'utf8')) + 1",
          "writeFileSync('count.txt', String(total))",
        ),
      ),
    })
    for (let times = 1; times <= 5; times++) {
      await edit()
      await eventually(() => results.length >= Math.min(times, 3), 'it runs')
    }
    await until('failed total')
    const failed = (await page()).cells.get('total')!
    assert.match(failed.state === 'failed' ? failed.failure.message : '', /^changed count\.txt, which it/)
    assert.deepEqual(results, ['total', 'total', 'total'])
  })

  it('should share results with a build by another process at the same time', async (t) => {
    const text = reportOf(
      [1, 2, 3, 4].map((number) => cell(`c${number}`, `export const c${number} = ${number}`)).join('') +
        cell('sum', 'export const sum = c1 + c2 + c3 + c4') +
        values('sum'),
    )
    const { edit, until, page, session, root } = waveProject(t, { 'report.md': text })
    const building = execute(process.execPath, ['lib/cli.js', 'build', join(root, 'report.md')])
    await edit()
    await until('done sum')
    await building
    const stored = readdirSync(join(root, 'dist/.cache/freeze'))
    assert.equal(stored.length, 5)
    assert.equal((await page()).exports.get('sum'), 10)
    // A build afterwards reuses what the wave computed.
    await edit({ 'report.md': text.replace('c1 = 1', 'c1 = 5') })
    await until('done sum')
    const built = await build(session)
    assert.deepEqual([built.isOk, built.ran], [true, []])
  })

  it('should leave no process when it closes, whatever runs', async (t) => {
    const { edit, until, wave } = waveProject(t, {
      ...experimentOf('loop', 'for (;;);'),
      'report.md': reportOf(
        cell('a', 'for (;;);') +
          cell(
            'b',
            "import { run } from 'weft/experiment'\nimport { loop } from './loop.ts'",
            'export const b = (await run(loop, {})).result',
          ),
      ),
    })
    await edit()
    await until('running a', 'running b')
    await eventually(() => workers().length === 2, 'cell and job run')
    const rows = workers()
    await wave.close()
    assert.deepEqual(await untilGone(rows, 1_000), [])
  })
})
