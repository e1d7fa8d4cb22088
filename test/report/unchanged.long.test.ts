import assert from 'node:assert/strict'
import { after, before, describe } from 'node:test'
import { itByThirds } from '../turns.ts'
import { copyOf, projectOf } from './project.ts'

const it = itByThirds()

const jobs = (rate: number) => [`job train rate=${rate} seed=1`, `job train rate=${rate} seed=2`]
const trained = ['cell fig-trained', 'cell tbl-trained', 'cell trained']
const sized = ['cell sized', 'cell tbl-sized', 'job size width=30']

describe('a build', { concurrency: 2 }, () => {
  const built = projectOf({ after }, 'traced')

  before(async () => {
    const { code, text } = await built.weft()
    assert.equal(code, 0, text)
    assert.deepEqual(built.ran(), [...trained, ...sized, ...jobs(0.1)].sort())
  })

  it('should run nothing when nothing has changed, even in another folder', async (t) => {
    const project = copyOf(t, built)
    const { code, text } = await project.weft()
    assert.equal(code, 0, text)
    assert.deepEqual(project.ran(), [])
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

  it('should run nothing after a change of prose and new lines above a cell', async (t) => {
    const project = copyOf(t, built)
    project.edit('report-src/training.md', 'The rate is', 'The velocity is')
    project.edit('report-src/training.md', '# Training', 'One more paragraph.\n\n# Training')
    const { code, text } = await project.weft()
    assert.equal(code, 0, text)
    assert.deepEqual(project.ran(), [])
    assert.match(project.read('dist/report.html'), /One more paragraph[\s\S]*The velocity is/)
  })

  it('should run only the jobs of a changed param, their cell and the cells that use it', async (t) => {
    const project = copyOf(t, built)
    const change = (from: string, to: string) =>
      project.edit('report-src/report.md', `rate: ${from},`, `rate: ${to},`)
    change('0.1', '0.2')
    const changed = await project.weft()
    assert.equal(changed.code, 0, changed.text)
    assert.deepEqual(project.ran(), [...trained, ...jobs(0.2)].sort())
    change('0.2', '0.1')
    project.edit('report-src/sizes.md', "caption: 'Sizes.'", "caption: 'The sizes.'")
    const restored = await project.weft()
    assert.equal(restored.code, 0, restored.text)
    assert.deepEqual(project.ran(), ['cell tbl-sized'], 'the earlier results are still there')
  })

  it('should run the jobs that import a module in which a number changed', async (t) => {
    const project = copyOf(t, built)
    project.edit('src/experiments/losses.ts', 'scale = 2', 'scale = 3')
    const { code, text } = await project.weft()
    assert.equal(code, 0, text)
    assert.deepEqual(project.ran(), [...trained, ...jobs(0.1)].sort())
  })
})
