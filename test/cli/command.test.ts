import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { emptyProject, ended, start } from '../report/project.ts'

describe('the command', () => {
  it('should do its work if nobody reads its answer to the end', async (test) => {
    const child = start(emptyProject(test), ['--help'])
    child.stdout.destroy()
    const { code, stderr } = await ended(child)
    assert.equal(stderr, '')
    assert.equal(code, 0)
  })
})
