import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { after, before, describe } from 'node:test'
import { keysIn } from '../../src/render/cache/result-store.ts'
import { acceptedKeys, readLock } from '../../src/render/model/lock.ts'
import { itByThirds } from '../turns.ts'
import type { Project } from './project.ts'
import { copyOf, projectOf } from './project.ts'

const it = itByThirds()

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

describe('weft accept', { concurrency: 2 }, () => {
  const accepted = projectOf({ after }, 'traced')
  const lockOf = (project: Project) => readLock(project.path('report-src/report.lock.json'))
  const keysOf = (project: Project) => keysIn(project.path('report-src/freeze'))

  before(async () => {
    const { code, text } = await accepted.weft(['accept'])
    assert.equal(code, 0, text)
    assert.deepEqual(accepted.ran(), everything)
  })

  it('should let a clone print the same page, run nothing and change no file', async (t) => {
    const clone = copyOf(t, accepted, 'clone')
    rmSync(clone.path('dist'), { recursive: true })
    clone.write('.gitignore', 'dist/\n')
    git(clone, 'init', '--quiet')
    git(clone, 'add', '--all')
    git(clone, 'commit', '--quiet', '--message', 'as published')
    for (const args of [[], ['--cached'], ['accept']]) {
      const { code, text } = await clone.weft(args)
      assert.equal(code, 0, text)
      assert.deepEqual(clone.ran(), [])
      assert.equal(git(clone, 'status', '--porcelain'), '')
      assert.equal(clone.read('dist/report.html'), accepted.read('dist/report.html'))
      assert.deepEqual(
        readFileSync(clone.path('dist/report.pdf')),
        readFileSync(accepted.path('dist/report.pdf')),
      )
    }
  })

  it('should remove what is no longer used, and keep the results of other profiles', async (t) => {
    const project = copyOf(t, accepted)
    const full = keysOf(project)
    const figure = project.read('figures/fig-trained.svg')
    const quick = await project.weft(['accept', '--profile', 'quick'])
    assert.equal(quick.code, 0, quick.text)
    assert.deepEqual(new Set(keysOf(project)), acceptedKeys(lockOf(project)))
    assert.ok(full.every((key) => keysOf(project).includes(key)))
    assert.equal(project.read('figures/fig-trained.svg'), figure, 'figures are those of the full profile')
    const both = lockOf(project)

    project.ran()
    project.edit('report-src/report.md', 'full:  { rate: 0.1', 'full:  { rate: 0.3')
    const changed = await project.weft(['accept'])
    assert.equal(changed.code, 0, changed.text)
    assert.equal(project.ran().filter((line) => line.startsWith('job')).length, 2)
    assert.deepEqual(lockOf(project).profiles.quick, both.profiles.quick)
    assert.deepEqual(new Set(keysOf(project)), acceptedKeys(lockOf(project)))
    const oldJobs = Object.entries(both.profiles.full!.jobs).filter(([, name]) => name.startsWith('train'))
    assert.equal(oldJobs.length, 2)
    for (const [key] of oldJobs) assert.ok(!keysOf(project).includes(key), 'an old job is still there')
    assert.notEqual(project.read('figures/fig-trained.svg'), figure)
  })

  it('should run nothing with --cached, and report missing accepted results', async (t) => {
    const project = projectOf(t, 'traced')
    const { code, text } = await project.weft(['--cached'])
    assert.equal(code, 1, text)
    assert.deepEqual(project.ran(), [])
    assert.match(text, /training\.md\n *3:1-15:4 +error +Cannot show `#trained` .*there is no accepted one/)
    assert.match(project.read('dist/report.html'), /weft-failure/)
    assert.doesNotMatch(project.read('dist/report.html'), /class="weft-stale"/)
  })

  it('should show the accepted result of a changed cell as stale with --cached', async (t) => {
    const project = copyOf(t, accepted)
    project.edit('report-src/training.md', "mark: 'bar'", "mark: 'line'")
    project.edit(
      'report-src/training.md',
      ':claim[',
      '```ts exec #fresh\nexport const fresh = 1\n```\n\n:claim[',
    )
    const { code, text } = await project.weft(['--cached'])
    assert.equal(code, 1, text)
    assert.deepEqual(project.ran(), [])
    assert.match(
      text,
      /error +Cannot show `#fig-trained` .*shown is the accepted one, computed from other sources/,
    )
    assert.match(text, /error +Cannot show `#fresh` .*there is no accepted one/)
    assert.match(text, /2 errors/)
    const html = project.read('dist/report.html')
    assert.match(html, /<div class="weft-stale"><figure class="weft-figure" id="fig-trained">/)
    assert.match(html, /3\.281/, 'values are of what is shown')
    // The accepted figure is still where a reader looks for it.
    assert.equal(project.read('dist/figures/fig-trained.svg'), project.read('figures/fig-trained.svg'))
  })
})

function git(project: Project, ...args: string[]): string {
  const who = { NAME: 'A. Student', EMAIL: 'student@example.org' }
  const env = Object.fromEntries(
    Object.entries(who).flatMap(([name, value]) => [
      [`GIT_AUTHOR_${name}`, value],
      [`GIT_COMMITTER_${name}`, value],
    ]),
  )
  return execFileSync('git', args, {
    cwd: project.folder,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', ...env },
  })
}
