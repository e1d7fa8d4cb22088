import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { cell, reportOf, temporaryProject, writeFiles } from '../../execute/temporary-project.ts'
import { study, trainCell } from './a-study.ts'
import { buildRegisters } from './built-registers.ts'

const register = '\n::register{#tbl-jobs of=jobs}\n'

/** The rows without that of the runs, whose times are measured. */
function params(rows: readonly string[][]): string[][] {
  return rows.filter(([name]) => name !== 'runs')
}

test('should list a param once if all jobs share it, and its values if they differ', async (t) => {
  const root = temporaryProject(t, {
    ...study,
    'report.md': reportOf(
      register +
        trainCell(
          'trained',
          "{ data: 'rows', rate: 0.5, batch: 1024, hidden: [30, 10], adam: { beta: 0.9 } }",
          "{ data: 'rows', rate: 0.25, batch: null, hidden: [30, 10], adam: { beta: 0.99 } }",
          "{ data: 'rows', rate: 1e-7, batch: 1024, hidden: [5], adam: { beta: 0.9 } }",
        ),
    ),
  })
  const { said, rows } = await buildRegisters(root)
  assert.deepEqual(said, [])
  const all = rows('tbl-jobs')
  assert.deepEqual(params(all), [
    ['Parameter', 'Value', 'Varied'],
    ['train src/part/train.ts'],
    ['data', 'rows', ''],
    ['rate', '1\u00a0×\u00a010⁻⁷, 0.25, 0.5', '3 values'],
    ['batch', '–, 1,024', '2 values'],
    ['hidden', '[5], [30, 10]', '2 values'],
    ['adam.beta', '0.9, 0.99', '2 values'],
  ])
  const runs = all.find(([name]) => name === 'runs')!
  assert.match(runs[1]!, /^6 jobs, seeds 1, 2; .+ in all, .+ to .+ a job$/)
})

test('should be the same from stored results as from new ones, with values in order', async (t) => {
  const body = register + trainCell('trained', '{ x: 2 }', '{ x: 10 }', '{ x: 1 }')
  const root = temporaryProject(t, { ...study, 'report.md': reportOf(body) })
  const first = await buildRegisters(root)
  const second = await buildRegisters(root)
  assert.deepEqual(Object.values(second.states), ['reused'])
  assert.equal(second.html, first.html)
  assert.deepEqual(params(first.rows('tbl-jobs'))[2], ['x', '1, 2, 10', '3 values'])
})

test('should say so if no experiment is run', async (t) => {
  const root = temporaryProject(t, {
    'report.md': reportOf(`${register}${cell('a', 'export const a = 1')}`),
  })
  const { html, said } = await buildRegisters(root)
  assert.deepEqual(said, [])
  assert.match(html, /<p>No experiment is run\.<\/p>/)
})

test('should show hostile texts unchanged, and shorten long ones', async (t) => {
  const list = `{ text: '<script>alert(1)</script> | @fig-none \`x\` {ts}', long: 'y'.repeat(5000), many: Array.from({ length: 300 }, (_, i) => i), deep: { a: { b: { c: { d: 1 } } } }, rows: [[1, 2], [3]] }`
  const root = temporaryProject(t, {
    ...study,
    'report.md': reportOf(register + trainCell('trained', list)),
  })
  const { html, said, rows } = await buildRegisters(root)
  assert.deepEqual(said, [])
  assert.ok(!html.slice(html.indexOf('tbl-jobs'), html.indexOf('</figure>')).includes('<script>'))
  const byName = new Map(rows('tbl-jobs').map(([name, value]) => [name, value!]))
  assert.equal(byName.get('text'), '<script>alert(1)</script> | @fig-none `x` {ts}')
  assert.equal(byName.get('long'), `${'y'.repeat(70)}… (5,000 characters)`)
  assert.equal(byName.get('many'), '[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, …, 299] (300 elements)')
  assert.equal(byName.get('deep.a.b'), '{"c":{"d":1}}')
  assert.equal(byName.get('rows'), '[[1,2],[3]]')
})

test('should show both ends of a list of many values', async (t) => {
  const many = Array.from({ length: 40 }, (_, index) => `{ x: ${index} }`)
  const root = temporaryProject(t, {
    ...study,
    'report.md': reportOf(register + trainCell('trained', ...many)),
  })
  const { rows } = await buildRegisters(root)
  assert.deepEqual(rows('tbl-jobs')[2], [
    'x',
    '0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, …, 39',
    '40 values',
  ])
})

test('should say what is missing if a cell fails, and list the rest', async (t) => {
  const body = `${register}${trainCell('trained', '{ x: 1 }')}${cell('broken', "throw new Error('no')")}`
  const root = temporaryProject(t, { ...study, 'report.md': reportOf(body) })
  const { said, rows, texts } = await buildRegisters(root)
  assert.equal(said.length, 1)
  assert.deepEqual(params(rows('tbl-jobs')).at(-1), ['x', '1', ''])
  const note = 'Not complete: 1 cell (#broken) of this report had no result when this was made.'
  assert.ok(texts('weft-failure').includes(note))
})

test('should be marked if it depends on a stale result, but not if all results are current', async (t) => {
  const body = register + trainCell('trained', '{ x: 1 }')
  const root = temporaryProject(t, { ...study, 'report.md': reportOf(body) })
  const before = await buildRegisters(root)
  assert.deepEqual(before.texts('weft-stale'), [])
  const cellResult = before.cells.get('trained')!
  const accepted = 'stored' in cellResult ? cellResult.stored : undefined
  writeFiles(root, { 'report.md': reportOf(body.replace('x: 1', 'x: 2')) })
  const after = await buildRegisters(root, { cached: true, accepted: () => accepted })
  assert.equal(after.states.trained, 'stale')
  assert.match(after.texts('weft-stale').join(), /Parameter.*train.*x1/s)
})

test('should say how many jobs are missing if their results are lost', async (t) => {
  const body = register + trainCell('trained', '{ x: 1 }')
  const root = temporaryProject(t, { ...study, 'report.md': reportOf(body) })
  const { cells } = await buildRegisters(root)
  const cellResult = cells.get('trained')!
  const keys = ('stored' in cellResult && cellResult.stored?.provenance.jobs) || []
  assert.equal(keys.length, 2)
  rmSync(join(root, `dist/.cache/freeze/${keys[0]}.json`))
  const { rows, texts } = await buildRegisters(root, { cached: true })
  assert.match(rows('tbl-jobs').at(-1)![1]!, /^1 job, seed /)
  assert.deepEqual(texts('weft-failure'), [
    'Not complete: 1 job of this report had no result when this was made.',
  ])
})
