import assert from 'node:assert/strict'
import { after, before, describe } from 'node:test'
import type { LockedProfile } from '../../src/render/model/lock.ts'
import { itByThirds } from '../turns.ts'
import { alter, lockFile, ofVerdict, outcomeOf, weft } from './checked.ts'
import type { Project } from './project.ts'
import { copyOf, projectOf } from './project.ts'

const it = itByThirds()

function editLock(project: Project, name: string, edit: (profile: LockedProfile) => void): void {
  const lock = JSON.parse(project.read(lockFile))
  edit(lock.profiles[name])
  project.write(lockFile, JSON.stringify(lock))
}

describe('weft check of results that look right', { concurrency: 2 }, () => {
  const accepted = projectOf({ after }, 'checked')

  before(async () => {
    const { code, text } = await weft(accepted, 'accept')
    assert.equal(code, 0, text)
  })

  it('should treat as measured only what depends on measurements, and report what differs between runs', async (t) => {
    const project = projectOf(t, 'checked')
    const cell = '```ts exec #drawn\nexport const drawn = Math.random()\nexport const still = 4\n```'
    const values = [
      'Drawn are `{ts} fixed(drawn, 5)` and `{ts} still`.',
      "Both are `{ts} fixed(learned.error.mean, 3) + ' in ' + seconds(learnedTime.time)`.",
      "Again `{ts} fixed(learned.error.mean, 4) + ' in ' + seconds(learnedTime.time)`.",
    ]
    const text = project.read('report-src/sizes.md')
    project.write('report-src/sizes.md', [text, cell, ...values, ''].join('\n\n'))
    const { code, text: told } = await weft(project, 'accept', '--profile', 'quick', '--lock-only')
    assert.equal(code, 0, told)
    editLock(project, 'quick', ({ shown }) => {
      const both = shown.find(({ source }) => source.startsWith('fixed(learned.error.mean, 4)'))!
      both.read['learned.error.mean'] = 0.7
    })
    const outcome = await outcomeOf(project, '--profile', 'quick')
    assert.equal(outcome.code, 1, outcome.text)
    assert.deepEqual(
      ofVerdict(outcome, 'differs').map(({ label, rule }) => [label, rule]),
      [
        ['#drawn', 'differs between two computations'],
        ['#learned', 'exact, but for what is measured'],
      ],
    )
    assert.ok(outcome.rows.some(({ rule, verdict }) => verdict === 'equal' && /but for what/.test(rule)))
    assert.deepEqual(
      ofVerdict(outcome, 'measured').map(({ label }) => label),
      ['#learned'],
    )
    assert.deepEqual(
      ofVerdict(outcome, 'not judged').map(({ label, rule }) => [label, rule]),
      [['#fig-learned', 'measured in part, and its accepted data are not kept']],
    )
  })

  for (const format of [2, 3])
    it(`should match every value below renamed headings, with a lock of format ${format}`, async (t) => {
      const project = copyOf(t, accepted)
      for (const chapter of ['learning.md', 'sizes.md']) {
        const text = project.read(`report-src/${chapter}`)
        project.write(`report-src/${chapter}`, text.replace(/^# .*$/m, '# Another heading'))
      }
      const lock = project.read(lockFile)
      const before = lock.replace('"format": 3', '"format": 2').replace(/^ *"id": .*\n/gm, '')
      assert.equal(/"id"/.test(lock) && !/"id"/.test(before), true)
      if (format === 2) project.write(lockFile, before)
      const outcome = await outcomeOf(project)
      assert.equal(outcome.code, 0, outcome.text)
      assert.ok(outcome.rows.some(({ kind }) => kind === 'claim'))
      assert.ok(outcome.rows.some(({ kind }) => kind === 'value'))
    })

  it('should find an accepted result with only a changed provenance', async (t) => {
    const project = copyOf(t, accepted)
    alter(project, 'size seed 1', (stored) => ({
      ...stored,
      provenance: { ...stored.provenance, computedAt: '2026-01-01T00:00:00.000Z' },
    }))
    alter(project, 'learned', (stored) => ({
      ...stored,
      provenance: { ...stored.provenance, elapsedMs: stored.provenance.elapsedMs + 1 },
    }))
    const outcome = await outcomeOf(project)
    assert.equal(outcome.code, 1, outcome.text)
    const altered = ofVerdict(outcome, 'altered')
    assert.deepEqual(
      altered.map(({ kind, label }) => `${kind} ${label}`),
      ['result #learned', 'result size seed 1'],
    )
    assert.match(altered[0]!.rule, /^expected the file with the digest \w{16} as in the lock, found \w{16}$/)
    assert.ok(altered[0]!.restOnIt?.some(({ text }) => text.startsWith('The error falls to')))
    assert.ok(altered[1]!.restOnIt?.some(({ text }) => text.startsWith('The narrowest has')))
  })

  it('should report what is new or missing, whatever is computed again', async (t) => {
    const project = copyOf(t, accepted)
    editLock(project, 'full', (profile) => {
      const { shown, tables, drawings } = profile
      const own = shown.findIndex(({ kind }) => kind === 'claim')
      const [claim] = shown.splice(own, 1)
      shown.push({ ...claim!, source: 'learned.error.mean < 3' })
      const table = tables['tbl-learned']!
      table['[1].error'] = table['[0].error']!
      delete table['[0].error']
      drawings['fig-learned-2'] = drawings['fig-learned']!
      delete drawings['fig-learned']
    })
    const outcome = await outcomeOf(project, '--only', 'sized')
    assert.equal(outcome.code, 1, outcome.text)
    const told = (verdict: string) => ofVerdict(outcome, verdict).map(({ kind, label }) => `${kind} ${label}`)
    assert.deepEqual(told('not accepted').sort(), [
      'claim #learned',
      'figure #fig-learned',
      'table #tbl-learned',
    ])
    assert.deepEqual(told('missing').sort(), [
      'claim #learned',
      'figure #fig-learned-2',
      'table #tbl-learned',
    ])
    assert.ok(outcome.summary.outOfScope > 0)
  })

  it('should not mistake an inherited property for a profile', async (t) => {
    const project = copyOf(t, accepted)
    project.edit('report-src/report.md', 'quick:', 'constructor:')
    const { code, stderr } = await weft(project, 'check', '--profile', 'constructor')
    assert.equal(code, 1)
    assert.match(stderr, /Cannot check the profile `constructor`, it has no accepted numbers/)
  })
})
