import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { after, before, describe } from 'node:test'
import { toStoredResult } from '../../src/render/cache/result-store.ts'
import { isDifference } from '../../src/render/check/outcome.ts'
import { readLock } from '../../src/render/model/lock.ts'
import { alter, lockFile, ofVerdict, outcomeOf, weft } from '../report/checked.ts'
import { descendantsOf, until, untilGone } from '../report/processes.ts'
import type { Project } from '../report/project.ts'
import { copyOf, ended, projectOf, start, tracedIn } from '../report/project.ts'
import { itByThirds } from '../turns.ts'

const it = itByThirds()

const jobs = [
  'job learn seed=1',
  'job learn seed=2',
  'job size width=3',
  'job size width=4',
  'job size width=5',
]

function lockOf(project: Project) {
  return readLock(project.path(lockFile)).profiles
}

describe('weft check', { concurrency: 2 }, () => {
  const accepted = projectOf({ after }, 'checked')

  before(async () => {
    const { code, text } = await weft(accepted, 'accept')
    assert.equal(code, 0, text)
    accepted.ran()
  })

  it('should name the sentence of a number that changed in the lock', async (t) => {
    const project = copyOf(t, accepted)
    const lock = JSON.parse(project.read(lockFile))
    const value = lock.profiles.full.shown.find((one: { source: string }) => one.source.includes('sizes[1]'))
    value.text = '8'
    value.printed[0] = { raw: 8, text: '8' }
    lock.profiles.full.tables['tbl-learned']['[0].error'].raw.mean += 0.001
    project.write(lockFile, JSON.stringify(lock))
    const { code, stdout } = await weft(project, 'check', '--github')
    assert.equal(code, 1, stdout)
    const lines = stdout.split('\n').filter((line) => line.startsWith('::'))
    assert.equal(lines.length, 2, stdout)
    for (const line of lines) assert.match(line, /^::error file=[^,:]+,line=\d+,col=\d+::\S.*$/)
    assert.match(
      lines[0]!,
      /file=report-src\/report\.md,line=11,col=\d+::Cannot reproduce `8`, found `9` in “.*with 8 parameters\.”/,
    )
    assert.match(lines[1]!, /#tbl-learned, row 1, Error/)
  })

  it('should find altered results of a cell and of a job, even with a matching digest', async (t) => {
    const project = copyOf(t, accepted)
    alter(project, 'size seed 1', (stored) =>
      toStoredResult({ ...stored, exports: { result: { parameters: 16 - 7 + 0.5 } } }),
    )
    alter(project, 'tbl-learned', (stored) => {
      const text = JSON.stringify(stored).replace(
        /"text":"(\d)/,
        (_, digit) => `"text":"${(Number(digit) + 1) % 10}`,
      )
      return toStoredResult(JSON.parse(text))
    })
    const outcome = await outcomeOf(project)
    assert.equal(outcome.code, 1, outcome.text)
    const altered = ofVerdict(outcome, 'altered')
    assert.ok(
      altered.some(({ label }) => label === '#tbl-learned'),
      outcome.stdout,
    )
    const job = outcome.rows.find(({ label }) => label === 'size seed 1')
    assert.ok(job)
    assert.ok(
      job.restOnIt?.some(({ text }) => text.startsWith('The narrowest has')),
      JSON.stringify(job),
    )
  })

  it('should say what cannot be computed because a data file changed', async (t) => {
    const project = copyOf(t, accepted)
    project.edit('data/points.csv', '0.125', '0.126')
    const outcome = await outcomeOf(project)
    assert.equal(outcome.code, 1, outcome.text)
    assert.match(outcome.stderr, /Cannot use `points\.csv`, expected the SHA-256/)
    const [failed] = outcome.failed
    assert.equal(outcome.failed.length, 1)
    assert.equal(failed?.label, 'learned')
    assert.match(failed.message, /Cannot use `points\.csv`/)
    assert.deepEqual(failed.above, ['fig-learned', 'tbl-learned'])
    const lost = ofVerdict(outcome, 'not recomputed')
    assert.deepEqual(
      lost.map(({ kind, label }) => `${kind} ${label}`),
      [
        'value #learned',
        'value #learned',
        'value #learned',
        'claim #learned',
        'figure #fig-learned',
        'table #tbl-learned',
      ],
    )
    assert.equal(outcome.rows.length, lost.length + 3)
    assert.ok(outcome.rows.every(({ label, verdict }) => label !== '#sized' || !isDifference({ verdict })))
  })

  it('should compute a sample of the jobs, the same for one seed, and judge what depends on it', async (t) => {
    const project = copyOf(t, accepted)
    const seeds = ['1', '2', '3', '4']
    const drawn = new Set<string>()
    for (const seed of seeds) {
      const outcome = await outcomeOf(project, '--sample', '1', '--seed', seed)
      assert.equal(outcome.code, 0, outcome.text)
      const [job, ...others] = project.ran().filter((line) => line.startsWith('job'))
      assert.deepEqual(others, [])
      drawn.add(job!)
      const labels = new Set(outcome.rows.map(({ label }) => label))
      const isOfSizes = job!.includes('size')
      assert.equal(labels.has('#sized'), isOfSizes, outcome.stdout)
      assert.equal(labels.has('#tbl-learned'), !isOfSizes, outcome.stdout)
      assert.ok(outcome.summary.outOfScope > 0)
      assert.equal(outcome.summary.jobsRun, 1)
      if (drawn.size > 1) break
    }
    assert.ok(drawn.size > 1, `${[...drawn]}`)
    const all = await outcomeOf(project, '--sample', '99')
    assert.equal(all.summary.jobsRun, jobs.length, 'more than there are: all')
  })

  it('should compute only what some labels need, and judge what depends on it', async (t) => {
    const project = copyOf(t, accepted)
    const outcome = await outcomeOf(project, '--only', 'sized')
    assert.equal(outcome.code, 0, outcome.text)
    const ran = project.ran()
    assert.deepEqual([...new Set(ran)], ['cell sized', ...jobs.filter((line) => line.includes('size'))])
    assert.equal(ran.filter((line) => line.startsWith('job')).length, 3, 'each job once')
    assert.deepEqual(
      outcome.rows.map(({ place }) => place.replace(/:.*/, '')),
      ['report-src/report.md', 'report-src/sizes.md', 'report-src/sizes.md'],
    )
    const unknown = await weft(project, 'check', '--only', 'size')
    assert.equal(unknown.code, 1)
    assert.match(unknown.stderr, /Unknown label `size`, expected that of a cell: did you mean `sized`\?/)
    const both = await weft(project, 'check', '--only', 'sized', '--sample', '1')
    assert.match(both.stderr, /Unexpected --sample with --only/)
  })

  it('should say where prose was added and removed since accepting', async (t) => {
    const project = copyOf(t, accepted)
    project.edit('report-src/sizes.md', 'count(sizes[1].parameters)', 'count(sizes[2].parameters)')
    const outcome = await outcomeOf(project, '--only', 'sized')
    assert.equal(outcome.code, 1, outcome.text)
    assert.equal(ofVerdict(outcome, 'not accepted')[0]?.recomputed, '16')
    assert.equal(ofVerdict(outcome, 'missing')[0]?.accepted, '9')
  })

  it('should check a profile of which only the numbers were accepted', async (t) => {
    const project = copyOf(t, accepted)
    const none = await weft(project, 'check', '--profile', 'quick')
    assert.equal(none.code, 1)
    assert.match(
      none.stderr,
      /Cannot check the profile `quick`, it has no accepted numbers.*run `weft accept --profile quick`/,
    )
    const results = readdirSync(project.path('report-src/freeze'))
    const { code, text } = await weft(project, 'accept', '--profile', 'quick', '--lock-only')
    assert.equal(code, 0, text)
    assert.deepEqual(readdirSync(project.path('report-src/freeze')), results)
    assert.deepEqual(lockOf(project).full, lockOf(accepted).full)
    const { quick } = lockOf(project)
    assert.equal(quick?.kept, false)
    const part = await weft(project, 'check', '--profile', 'quick', '--sample', '1')
    assert.match(part.stderr, /Cannot check a part, the results of the profile `quick` are not kept/)
    const outcome = await outcomeOf(project, '--profile', 'quick')
    assert.equal(outcome.code, 0, outcome.text)
    assert.ok(outcome.summary.equal > 3)

    project.edit('report-src/report.md', 'full:  { rate: 0.1', 'full:  { rate: 0.4')
    const again = await weft(project, 'accept')
    assert.equal(again.code, 0, again.text)
    assert.deepEqual(lockOf(project).quick, quick, 'accepting another profile leaves it')
    const changes = again.stdout.split('\n').filter((line) => line.startsWith('  changes'))
    assert.match(
      changes[0]!,
      /changes {4}0\.03\d+\s±\s\S+ becomes 0\.14\d+\s±\s\S+ in report-src\/report\.md:11/,
    )
    assert.ok(
      changes.some((line) => /#tbl-learned: \d of 2 numbers changes?, .* in row 1, Error/.test(line)),
      again.stdout,
    )
    assert.ok(changes.includes('  changes    #fig-learned: the figure changes'), again.stdout)
  })

  it('should reveal a leak from one job to the next by changing the order of jobs', async (t) => {
    const project = copyOf(t, accepted)
    const leaking =
      'const box = Math as unknown as { leaked?: number }\n    box.leaked = (box.leaked ?? 0) + width'
    project.edit(
      'src/experiments/size.ts',
      'return { parameters: width * width }',
      `${leaking}\n    return { parameters: box.leaked }`,
    )
    project.edit('report-src/report.md', '[3, 4, 5]', '[3, 4, 5, 6, 7]')
    const first = await weft(project, 'accept', '--jobs', '1')
    assert.equal(first.code, 0, first.text)
    const outcome = await outcomeOf(project, '--jobs', '1', '--seed', '3')
    assert.equal(outcome.code, 1, outcome.text)
    assert.ok(
      ofVerdict(outcome, 'differs').some(({ label }) => label.startsWith('size seed 1')),
      outcome.stdout,
    )
  })

  it('should end with status 130 at Ctrl-C, and write no outcome', async (t) => {
    const project = projectOf(t, 'slow')
    project.edit('report.md', '[300, 300, 300]', '[50, 50, 50]')
    assert.equal((await project.weft(['accept', 'report.md'])).code, 0)
    project.edit('report.md', '[50, 50, 50]', '[50, 60000, 60000]')
    project.ran()
    const child = start(project, ['check', 'report.md', '--jobs', '1', '--json'])
    const end = ended(child)
    await until(
      () => tracedIn(project).some((line) => line.startsWith('begin')) || child.exitCode !== null,
      'a job',
    )
    const children = descendantsOf(child.pid!)
    process.kill(-child.pid!, 'SIGINT')
    const { code, stdout, stderr } = await end
    assert.equal(code, 130, stderr)
    assert.equal(stdout, '')
    assert.match(stderr, /Stopped: every finished result is kept/)
    assert.deepEqual(await untilGone(children, 5_000), [])
  })

  it('should name the sentences that depend on a damaged result', async (t) => {
    const project = copyOf(t, accepted)
    alter(project, 'learned', (stored) => ({ ...stored, measured: { more: 1 } }))
    const { code, stdout } = await weft(project, 'check')
    assert.equal(code, 1, stdout)
    assert.match(
      stdout,
      /✗ report-src\/learning\.md:3:1 Cannot use the accepted result \w+….json of #learned, expected content/,
    )
    assert.match(stdout, /on it rest report-src\/report\.md:11:20 “The error falls to/)
    assert.match(stdout, /#fig-learned/)
  })
})
