import assert from 'node:assert/strict'
import { readFileSync, rmSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { fileOf, keysIn } from '../../src/render/cache/result-store.ts'
import type { StoredResult } from '../../src/render/model/types.ts'
import { ofVerdict, weft, withOutcome } from '../report/checked.ts'
import { copyOf, projectOf } from '../report/project.ts'

const jobs = [
  'job learn seed=1',
  'job learn seed=2',
  'job size width=3',
  'job size width=4',
  'job size width=5',
]

describe('weft check', { concurrency: 2 }, () => {
  const accepted = projectOf({ after }, 'checked')

  before(async () => {
    const { code, text } = await weft(accepted, 'accept')
    assert.equal(code, 0, text)
    accepted.ran()
  })

  it('should compute everything again and find every number, but not judge measured ones', async (t) => {
    const project = copyOf(t, accepted)
    const cache = project.path('dist/.cache/freeze')
    const lost = keysIn(cache).find((key) => isJobOfWidth4(cache, key))!
    const before = textsIn(cache)
    rmSync(fileOf(cache, lost))
    const outcome = withOutcome(
      await project.weft(['check', '--json', '--seed', '7'], {
        WEFT_DATA: project.path('data'),
        WEFT_SOONEST: '5',
      }),
    )
    assert.equal(outcome.code, 0, outcome.text)
    const ran = project.ran()
    assert.deepEqual(
      ran.filter((line) => line.startsWith('job')),
      jobs,
      'each job once',
    )
    assert.deepEqual(Object.keys(JSON.parse(outcome.stdout)), [
      'report',
      'profile',
      'seed',
      'environment',
      'rows',
      'failed',
      'errors',
      'notes',
      'summary',
    ])
    assert.deepEqual([outcome.profile, outcome.seed, outcome.summary.differs], ['full', 7, 0])
    assert.deepEqual(outcome.environment.accepted, outcome.environment.recomputed)
    const measured = ofVerdict(outcome, 'measured')
    assert.deepEqual(
      measured.map(({ label, kind }) => [label, kind]),
      [
        ['#learned', 'value'],
        ['#sized', 'value'],
      ],
    )
    assert.deepEqual([measured[1]?.accepted, measured[1]?.recomputed], ['3', '5'], 'a choice by times')
    const table = outcome.rows.find(({ label }) => label === '#tbl-learned')
    assert.equal(table?.rule, '1 equal, 1 measured')
    assert.equal(outcome.rows.find(({ label }) => label === '#fig-learned')?.rule, '1 equal, 1 measured')
    assert.equal(outcome.rows[0]!.place, 'report-src/report.md:11:20')
    assert.match(outcome.rows[0]!.sentence, /^The error falls to .* with 9 parameters\.$/)
    assert.equal(keysIn(project.path('dist/check/.cache/freeze')).length, 0)
    const later = textsIn(cache)
    assert.ok(later[lost], 'the lost one is added')
    for (const key of Object.keys(before).filter((one) => one !== lost))
      assert.equal(later[key], before[key], 'an earlier one keeps its times')
  })
})

function textsIn(folder: string): Record<string, string> {
  return Object.fromEntries(keysIn(folder).map((key) => [key, readFileSync(fileOf(folder, key), 'utf8')]))
}

function isJobOfWidth4(folder: string, key: string): boolean {
  const { job } = (JSON.parse(readFileSync(fileOf(folder, key), 'utf8')) as StoredResult).provenance
  return (job?.params as { width?: number } | undefined)?.width === 4
}
