import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { copyOf, projectOf } from './project.ts'

const jobs = (rate: number) => [`job train rate=${rate} seed=1`, `job train rate=${rate} seed=2`]
const trained = ['cell fig-trained', 'cell tbl-trained', 'cell trained']
const sized = ['cell sized', 'cell tbl-sized', 'job size width=30']

describe('a build', { concurrency: 2 }, () => {
  const built = projectOf({ after }, 'traced')

  before(async () => {
    const { code, text } = await built.weft()
    assert.equal(code, 0, text)
  })

  it('should run everything at first', () => {
    assert.deepEqual(built.ran(), [...trained, ...sized, ...jobs(0.1)].sort())
  })

  it('should run nothing after comments, types and a param that no cell uses were changed', async (t) => {
    const project = copyOf(t, built)
    project.edit('report-src/training.md', '// Both seeds.', '// Every seed.\n// And no other.')
    project.edit('src/experiments/train.ts', '// How fast it learns.', '/* Otherwise. */\n\n')
    project.edit('src/experiments/train.ts', ': Losses {', ': Pick<Losses, "first" | "last"> {')
    project.edit('src/experiments/losses.ts', 'readonly first', '/** At step 0. */\n  first')
    project.edit('report-src/report.md', 'unused: 1', 'unused: 2')
    const { code, text } = await project.weft()
    assert.equal(code, 0, text)
    assert.deepEqual(project.ran(), [])
  })
})
