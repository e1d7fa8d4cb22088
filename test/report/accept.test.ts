import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { keysIn } from '../../src/render/cache/result-store.ts'
import { acceptedKeys, readLock } from '../../src/render/model/lock.ts'
import type { Project } from './project.ts'
import { copyOf, projectOf } from './project.ts'

const everything = [
  'cell fig-trained',
  'cell sized',
  'cell tbl-sized',
  'cell tbl-trained',
  'cell trained',
  'job size width=30',
  'job train rate=0.1 seed=1',
  'job train rate=0.1 seed=2',
]

/** Gives the files that `weft accept` writes: path -> content. */
function acceptedFiles(project: Project): Record<string, string> {
  const inside = (folder: string) => readdirSync(project.path(folder)).map((name) => join(folder, name))
  const paths = ['report-src/report.lock.json', ...inside('report-src/freeze'), ...inside('figures')]
  return Object.fromEntries(paths.sort().map((path) => [path, project.read(path)]))
}

describe('weft accept', { concurrency: 2 }, () => {
  const accepted = projectOf({ after }, 'traced')
  const lockOf = (project: Project) => readLock(project.path('report-src/report.lock.json'))
  const keysOf = (project: Project) => keysIn(project.path('report-src/freeze'))

  before(async () => {
    const { code, text } = await accepted.weft(['accept'])
    assert.equal(code, 0, text)
    assert.deepEqual(accepted.ran(), everything)
  })

  it('should publish the results, the lock and the figures', () => {
    assert.equal(keysOf(accepted).length, everything.length)
    assert.deepEqual(new Set(keysOf(accepted)), acceptedKeys(lockOf(accepted)))
    assert.deepEqual(readdirSync(accepted.path('figures')).sort(), ['fig-trained.svg', 'fig-trained.vl.json'])
    assert.match(accepted.read('figures/fig-trained.svg'), /^<svg/)
    assert.deepEqual(JSON.parse(accepted.read('figures/fig-trained.vl.json')).mark, 'bar')
    const { shown } = lockOf(accepted).profiles.full!
    assert.deepEqual(
      shown.map(({ source, text }) => [source, text.normalize('NFKC')]),
      [
        ['params.steps', '4'],
        ['fixed(trained.last, 3)', '3.281 ± 0.928'],
        ['count(sized.parameters)', '900'],
        ['trainedParams.rate', '0.1'],
        ['trained.last.mean < trained.first.mean', 'true'],
      ],
    )
  })

  it('should refuse a report with errors, and change nothing', async (t) => {
    const project = copyOf(t, accepted)
    const before = acceptedFiles(project)
    project.edit('report-src/report.md', 'rate: 0.1', 'rate: 0.3')
    project.edit('report-src/sizes.md', '# Sizes', '# Sizes of `{ts} sized.nothing`')
    const { code, text } = await project.weft(['accept'])
    assert.equal(code, 1, text)
    assert.match(text, /Cannot accept a report with errors/)
    assert.match(text, /1:12-1:32 +error +Unknown property `nothing` of `sized`/)
    assert.deepEqual(acceptedFiles(project), before)
  })
})
