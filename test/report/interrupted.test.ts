import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inSecondJob, patienceMs, soundResults } from './in-middle.ts'
import { untilGone } from './processes.ts'
import { projectOf } from './project.ts'

describe('an interrupted build', { concurrency: 2 }, () => {
  it('should leave sound results and no process after kill -9, and let the next build continue', async (t) => {
    const project = projectOf(t, 'slow')
    project.edit('report.md', '[300, 300, 300]', '[50, 1500, 50]')
    const { child, end, children } = await inSecondJob(project)
    process.kill(child.pid!, 'SIGKILL')
    assert.equal((await end).signal, 'SIGKILL')
    assert.deepEqual(await untilGone(children, patienceMs), [])
    assert.deepEqual(soundResults(project), ['slow seed 1'])
    project.ran()
    const next = await project.weft(['report.md'])
    assert.equal(next.code, 0, next.text)
    assert.deepEqual(project.ran(), ['begin 2', 'begin 3', 'end 2', 'end 3'])
    assert.equal(soundResults(project).length, 4)
  })
})
