import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { cell, reportOf, temporaryProject, writeFiles } from '../../execute/temporary-project.ts'
import { experiment, factsCell, study, trainCell } from './a-study.ts'
import { buildRegisters } from './built-registers.ts'

const register = '\n::register{#tbl-jobs of=jobs}\n'

test('should list what all jobs share once, and every value of what differs', async (t) => {
  const root = temporaryProject(t, {
    ...study,
    'report.md': reportOf(
      register +
        trainCell(
          'trained',
          "{ data: 'rows', learningRate: 0.5, batch: 1024, hidden: [30, 10], adam: { beta1: 0.9 } }",
          "{ data: 'rows', learningRate: 0.25, batch: null, hidden: [30, 10], adam: { beta1: 0.99 } }",
          "{ data: 'rows', learningRate: 1e-7, batch: 1024, hidden: [5], adam: { beta1: 0.9 }, open: null }",
        ),
    ),
  })
  const { said, rows } = await buildRegisters(root)
  assert.deepEqual(said, [])
  const [head, group, row] = rows('tbl-jobs')
  assert.deepEqual(head, ['Experiment', 'Parameters', 'Jobs'])
  assert.deepEqual(group, ['the front page'])
  assert.equal(row![0], 'Train')
  assert.equal(
    row![1],
    'data rowsVaried: learning rate 1\u00a0×\u00a010⁻⁷, 0.25, 0.5; batch –, 1,024; hidden [5], [30, 10]; adam beta 1 0.9, 0.99',
  )
  assert.match(row![2]!, /^6 jobs, 2 seeds, .+\sm?s$/)
})

test('should group experiments by section, and give once what a group shares', async (t) => {
  const body = `# Study {#sec-study}
${register}
## Both

${trainCell('trained', "{ data: 'rows', x: 1 }")}${factsCell("{ data: 'rows', x: 1, y: 2 }")}
# Other

${cell('others', "import { run } from 'weft/experiment'", "import { size } from './src/part/size-of.ts'", "export const others = await run(size, { data: 'rows' })")}`
  const root = temporaryProject(t, {
    ...study,
    'src/part/size-of.ts': experiment('size', 'return { size: 1 }'),
    'report.md': reportOf(body),
  })
  const { said, rows } = await buildRegisters(root)
  assert.deepEqual(said, [])
  assert.deepEqual(
    rows('tbl-jobs')
      .slice(1)
      .map((row) => row.slice(0, 2)),
    [
      ['Study › Both'],
      ['Shared', 'data Made-up rows, x 1'],
      ['Train', ''],
      ['Facts', 'y 2'],
      ['Other'],
      ['Size', 'data Made-up rows'],
    ],
  )
})

test('should take names for readers from an export, those of one experiment first', async (t) => {
  const names =
    "{ train: 'Training of rows', x: 'size', 'facts.x': 'length', reLu: 'rectifier', data: 'data set', tries: 'pairs' }"
  const body = `${cell('names', `export const names = ${names}`)}
::register{#tbl-jobs of=jobs names=names}

${trainCell('trained', "{ x: 1, activation: 'reLu', tries: [{ rateOf: 1, k: 3 }, { rateOf: 2, k: 3 }] }")}${factsCell("{ data: 'rows', x: 3 }")}`
  const root = temporaryProject(t, { ...study, 'report.md': reportOf(body) })
  const { said, rows } = await buildRegisters(root)
  assert.deepEqual(said, [])
  assert.deepEqual(
    rows('tbl-jobs')
      .slice(2)
      .map((row) => row.slice(0, 2)),
    [
      ['Training of rows', 'size 1, activation rectifier, pairs 2 × (rate of 1, 2; k 3)'],
      ['Facts', 'data set Made-up rows, length 3'],
    ],
  )
  writeFiles(root, { 'report.md': reportOf(body.replace('names=names', 'names=nams')) })
  assert.match(
    (await buildRegisters(root)).said.join(),
    /register-is-known Cannot fill the register `jobs`, expected `names` to be an export of a cell, a record of texts .*, found `nams`$/,
  )
})

test('should be the same from stored results as from new ones, with values in order', async (t) => {
  const body = register + trainCell('trained', '{ x: 2 }', '{ x: 10 }', '{ x: 1 }')
  const root = temporaryProject(t, { ...study, 'report.md': reportOf(body) })
  const first = await buildRegisters(root)
  const second = await buildRegisters(root)
  assert.deepEqual(Object.values(second.states), ['reused'])
  assert.equal(second.html, first.html)
  assert.equal(first.rows('tbl-jobs')[2]![1], 'Varied: x 1, 2, 10')
})

test('should speak the language of the report', async (t) => {
  const body = register + trainCell('trained', '{ x: 0.5, on: true }', '{ x: 2048, on: true }')
  const root = temporaryProject(t, { ...study, 'report.md': reportOf(body, { lang: 'de' }) })
  const { rows, said } = await buildRegisters(root)
  assert.deepEqual(said, [])
  assert.deepEqual(rows('tbl-jobs')[0], ['Experiment', 'Parameter', 'Jobs'])
  assert.equal(rows('tbl-jobs')[2]![1], 'on jaVariiert: x 0,5, 2.048')
})

test('should say so if no experiment is run', async (t) => {
  const root = temporaryProject(t, {
    'report.md': reportOf(`${register}${cell('a', 'export const a = 1')}`),
  })
  const { html, said } = await buildRegisters(root)
  assert.deepEqual(said, [])
  assert.match(html, /<p>The report runs no experiments\.<\/p>/)
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
  assert.equal(
    rows('tbl-jobs')[2]![1],
    [
      'text <script>alert(1)</script> | @fig-none `x` {ts}',
      `long ${'y'.repeat(70)}… (5,000 characters)`,
      'many [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, …, 299] (300 elements)',
      'deep a b (c (d 1))',
      'rows [[1, 2], [3]]',
    ].join(', '),
  )
})

test('should show both ends of a list of many values', async (t) => {
  const many = Array.from({ length: 40 }, (_, index) => `{ x: ${index} }`)
  const root = temporaryProject(t, {
    ...study,
    'report.md': reportOf(register + trainCell('trained', ...many)),
  })
  const { rows } = await buildRegisters(root)
  assert.equal(
    rows('tbl-jobs')[2]![1],
    'Varied: x 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, …, 39 (40 values)',
  )
})

test('should say what is missing if a cell fails, and list the rest', async (t) => {
  const body = `${register}${trainCell('trained', '{ x: 1 }')}${cell('broken', "throw new Error('no')")}`
  const root = temporaryProject(t, { ...study, 'report.md': reportOf(body) })
  const { said, rows, texts } = await buildRegisters(root)
  assert.equal(said.length, 1)
  assert.deepEqual(rows('tbl-jobs').at(-1)!.slice(0, 2), ['Train', 'x 1'])
  const note = 'Incomplete: 1 cell (#broken) of this report had no result when this list was made.'
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
  assert.match(after.texts('weft-stale').join(), /Parameters.*Train.*x 1/s)
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
  assert.match(rows('tbl-jobs').at(-1)![2]!, /^1 job, seed /)
  assert.deepEqual(texts('weft-failure'), [
    'Incomplete: 1 job of this report had no result when this list was made.',
  ])
})
