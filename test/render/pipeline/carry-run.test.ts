import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { pathsOf } from '../../../src/render/model/paths.ts'
import { openAuthorMode } from '../../../src/render/pipeline/author-mode.ts'
import { openSession } from '../../../src/render/pipeline/session.ts'
import type { Run } from '../../../src/render/pipeline/stages.ts'
import { openLongWorkers } from '../../../src/render/preview/wave.ts'
import { cell, reportOf, temporaryProject, values, writeFiles } from '../execute/temporary-project.ts'

const env = { PATH: process.env.PATH, HOME: process.env.HOME }
const body = `# Sums\n\nFirst words.\n${cell('one', 'export const a = 2.5')}${values('fixed(a, 2)', 'a + 1')}`

/** Runs a report, writes it anew, and gives what is carried to it, and what a run of it gives. */
async function carried(test: Parameters<typeof temporaryProject>[0], before: string, now: string) {
  const root = temporaryProject(test, { 'report.md': reportOf(before) })
  const paths = pathsOf(join(root, 'report.md'))
  const session = openSession({ paths, mode: openAuthorMode({ paths, env }), env })
  const workers = openLongWorkers(session)
  try {
    const program = await session.bundle(session.read())
    const run = await session.run(program, { workers })
    writeFiles(root, { 'report.md': reportOf(now) })
    const source = session.read()
    const found = await session.carry(run, { ...program, source }, { workers })
    const newer = session.read()
    const whole = await session.run(await session.bundle(newer), { workers })
    return { run, found, whole }
  } finally {
    await workers.close()
    await session.close()
  }
}

const resultsOf = ({ expressions }: Run) =>
  [...expressions].map(([id, { expression, result, lang }]) => [id, expression.source, result, lang])

describe('carryRun', () => {
  it('should give values that a new heading names anew their results', async (t) => {
    const { run, found, whole } = await carried(t, body, body.replace('First', '## Before\n\nFirst'))
    assert.ok(found)
    assert.deepEqual(resultsOf(found), resultsOf(whole))
    assert.notDeepEqual([...found.expressions.keys()], [...run.expressions.keys()])
    const [first] = run.expressions.values()
    const [same] = found.expressions.values()
    assert.equal(same!.result, first!.result)
  })

  it('should evaluate new values and claims, true ones and false ones', async (t) => {
    const added = "First `{ts} a * 3` and :claim[so]{that='a > 1'} and :claim[not]{that='a > 9'}"
    const { found, whole } = await carried(t, body, body.replace('First', added))
    assert.ok(found)
    assert.equal(found.expressions.size, 5)
    assert.deepEqual(resultsOf(found), resultsOf(whole))
  })

  it('should print a value again whose place has another language', async (t) => {
    const around = body.replace('`{ts} fixed(a, 2)`', '::: {lang=de}\n\n`{ts} fixed(a, 2)`\n\n:::')
    const { found, whole } = await carried(t, body, around)
    assert.ok(found)
    assert.deepEqual(resultsOf(found), resultsOf(whole))
    const texts = [...found.expressions.values()].map(({ result }) => result?.ok && result.text)
    assert.deepEqual(texts, ['2,50', '3.5'])
  })

  it('should carry nothing to other cells, or from a run that had something to tell', async (t) => {
    assert.equal((await carried(t, body, body.replace('2.5', '2.75'))).found, undefined)
    const wrong = body.replace('a + 1', 'a +')
    assert.equal((await carried(t, wrong, wrong.replace('First', 'Other'))).found, undefined)
  })
})
