import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { inMiddle, inSecondJob, patienceMs, soundResults } from './in-middle.ts'
import { untilGone } from './processes.ts'
import type { Project } from './project.ts'
import { projectOf, tracedIn } from './project.ts'

describe('an interrupted build', { concurrency: 2 }, () => {
  it('should leave sound results if a process that runs jobs is killed', async (t) => {
    const project = projectOf(t, 'slow')
    project.edit('report.md', '[300, 300, 300]', '[50, 1500, 50]')
    const { end, children } = await inSecondJob(project)
    // Cells run in another process of the same program; the newer process runs jobs.
    const [runner] = children
      .filter(({ command }) => command.includes('process.js'))
      .sort((a, b) => b.pid - a.pid)
    process.kill(runner!.pid, 'SIGKILL')
    const { code, text } = await end
    assert.equal(code, 1, text)
    assert.match(text, /slow seed 1(, [^:\n]*)?: killed its process, which was killed by SIGKILL/)
    assert.ok(soundResults(project).includes('slow seed 1'))
    assert.match(project.read('dist/report.html'), /class="weft-failure"/)
  })

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`should end with status 130 at ${signal} in the middle of a job, and keep finished results`, async (t) => {
      const project = projectOf(t, 'slow')
      project.edit('report.md', '[300, 300, 300]', '[50, 60000, 50]')
      const { child, end, children } = await inSecondJob(project)
      // A terminal sends Ctrl-C to the whole group; other programs send SIGTERM to one process.
      process.kill(signal === 'SIGINT' ? -child.pid! : child.pid!, signal)
      const { code, signal: died, stderr } = await end
      assert.deepEqual({ code, died }, { code: 130, died: null }, stderr)
      assert.match(stderr, /Stopped: every finished result is kept/)
      assert.doesNotMatch(stderr, /error/i)
      assert.deepEqual(await untilGone(children, patienceMs), [])
      assert.deepEqual(soundResults(project), ['slow seed 1'])
      assert.deepEqual(readdirSync(join(project.folder, '../tmp')), [])
      if (signal === 'SIGTERM') return
      project.edit('report.md', '60000', '50')
      project.ran()
      const next = await project.weft(['report.md'])
      assert.equal(next.code, 0, next.text)
      assert.deepEqual(project.ran(), ['begin 2', 'begin 3', 'end 2', 'end 3'])
    })
  }
})

describe('an interrupted build with two jobs at once', { concurrency: 2 }, () => {
  // Much less than the jobs would take.
  const soonMs = 5_000
  const inTwoJobs = (project: Project) => {
    project.edit('report.md', '[300, 300, 300]', '[50, 60000, 60000, 50]')
    return inMiddle(project, 2, ['begin 2', 'begin 3'])
  }

  it('should end soon at SIGINT, stop running and waiting jobs, and let the next build continue', async (t) => {
    const project = projectOf(t, 'slow')
    const { child, end, children, lines } = await inTwoJobs(project)
    assert.deepEqual([...lines].sort(), ['begin 1', 'begin 2', 'begin 3', 'end 1'])
    const from = performance.now()
    process.kill(-child.pid!, 'SIGINT')
    const { code, signal, stderr } = await end
    assert.deepEqual({ code, signal }, { code: 130, signal: null }, stderr)
    assert.ok(performance.now() - from < soonMs, `${performance.now() - from} ms`)
    assert.match(stderr, /Stopped: every finished result is kept/)
    assert.doesNotMatch(stderr, /error|crash|killed/i)
    assert.deepEqual(await untilGone(children, patienceMs), [])
    assert.deepEqual(soundResults(project), ['slow seed 1'])
    assert.deepEqual(tracedIn(project), lines)
    project.edit('report.md', '60000, 60000', '50, 50')
    project.ran()
    const next = await project.weft(['report.md', '--jobs', '2'])
    assert.equal(next.code, 0, next.text)
    assert.deepEqual(project.ran(), ['begin 2', 'begin 3', 'begin 4', 'end 2', 'end 3', 'end 4'])
  })

  it('should keep the other jobs if a process that runs one is killed', async (t) => {
    const project = projectOf(t, 'slow')
    project.edit('report.md', '[300, 300, 300]', '[50, 1500, 1500, 50]')
    // The build ends when its cells end, so make this cell wait for every job.
    project.edit(
      'report.md',
      'const jobs = await sweep(slow, list)',
      'const all = list.map((one) => sweep(slow, [one]))\nawait Promise.allSettled(all)\nconst jobs = (await Promise.all(all)).flat()',
    )
    const { end, children } = await inMiddle(project, 2, ['begin 2', 'begin 3'])
    const [runner] = children
      .filter(({ command }) => command.includes('process.js'))
      .sort((a, b) => b.pid - a.pid)
    process.kill(runner!.pid, 'SIGKILL')
    const { code, text } = await end
    assert.equal(code, 1, text)
    assert.equal(
      text.match(/slow seed 1(, [^:\n]*)?: killed its process, which was killed by SIGKILL/g)?.length,
      1,
      text,
    )
    const next = await project.weft(['report.md', '--jobs', '2'])
    assert.equal(next.code, 0, next.text)
    const begun = project.ran().filter((line) => line.startsWith('begin '))
    assert.equal(begun.length, 5, 'expected the killed job twice and every other once')
  })
})

describe('two builds of one folder at once', () => {
  it('should both succeed and leave sound results', async (t) => {
    const project = projectOf(t, 'slow')
    const both = await Promise.all([project.weft(['report.md']), project.weft(['report.md'])])
    for (const { code, text } of both) assert.equal(code, 0, text)
    assert.deepEqual(soundResults(project), ['slow', 'slow seed 1', 'slow seed 1', 'slow seed 1'])
    const left = readdirSync(project.folder, { recursive: true }).filter((name) =>
      String(name).endsWith('.tmp'),
    )
    assert.deepEqual(left, [])
    assert.ok(existsSync(project.path('dist/report.pdf')))
  })
})
