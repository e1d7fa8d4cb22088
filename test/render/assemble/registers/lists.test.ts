import assert from 'node:assert/strict'
import test from 'node:test'
import { cell, reportOf, temporaryProject, writeFiles } from '../../execute/temporary-project.ts'
import { factsCell as factsCellOf, study, trainCell } from './a-study.ts'
import { buildRegisters } from './built-registers.ts'

const factsCell = factsCellOf("{ data: 'rows' }")
const files = cell(
  'files',
  `export const sets = [{ name: 'rows', title: 'Made-up rows', source: 'x', licence: 'none', files: [{ name: 'rows.gz', bytes: 1234, sha256: '${'ab'.repeat(32)}' }] }]`,
)

test('machine should count the results with each fact', async (t) => {
  const body = `::register{#tbl-machine of=machine}\n${trainCell('trained', '{ x: 1 }')}`
  const root = temporaryProject(t, { ...study, 'report.md': reportOf(body) })
  const rows = (await buildRegisters(root)).rows('tbl-machine')
  assert.deepEqual(rows[1], ['Node', process.version, '3'])
  assert.deepEqual(rows[2], ['Platform', `${process.platform}-${process.arch}`, '3'])
  assert.deepEqual(rows[4], ['Engine', 'none 1', '2'])
  const days = rows.slice(5)
  assert.match(days[0]![0]!, /^Computed on/)
  for (const [, day] of days) assert.match(day!, /^\d{4}-\d\d-\d\d$/)
  assert.equal(
    days.reduce((sum, [, , results]) => sum + Number(results), 0),
    3,
  )
})

test('machine should say so if nothing is computed', async (t) => {
  const root = temporaryProject(t, { 'report.md': reportOf('::register{of=machine}\n') })
  assert.match((await buildRegisters(root)).html, /The report computes no results\./)
})

test('packages should name the installed version only if results depend on it', async (t) => {
  const manifest = (version: string) => JSON.stringify({ name: 'tiny', version, type: 'module' })
  const body = `::register{#tbl-packages of=packages}\n${cell('a', "import { tiny } from 'tiny'", 'export const a = tiny')}`
  const root = temporaryProject(t, {
    'report.md': reportOf(body),
    'node_modules/tiny/package.json': manifest('1.2.3'),
    'node_modules/tiny/index.js': 'export const tiny = 1\n',
  })
  const before = await buildRegisters(root)
  const byName = new Map(before.rows('tbl-packages').map(([name, ...rest]) => [name, rest]))
  assert.deepEqual(byName.get('tiny'), ['1.2.3', '1', '0'])
  assert.deepEqual(byName.get('Node'), [process.versions.node, '', ''])
  assert.match(byName.get('Weft')![0]!, /^\d+\.\d+\.\d+$/)
  const cellResult = before.cells.get('a')!
  const accepted = 'stored' in cellResult ? cellResult.stored : undefined
  writeFiles(root, { 'node_modules/tiny/package.json': manifest('2.0.0') })
  const after = await buildRegisters(root, { cached: true, accepted: () => accepted })
  const now = after.rows('tbl-packages').find(([name]) => name === 'tiny')
  assert.deepEqual(now, ['tiny', 'differs from the installed version', '1', '0'])
})

test('data should join the descriptions of a data set, and name a data set without one', async (t) => {
  const body = `::register{#tbl-data of=data}\n${factsCell}${files}${trainCell('trained', "{ data: 'rows' }", "{ data: 'others' }")}`
  const root = temporaryProject(t, { ...study, 'report.md': reportOf(body) })
  const { rows, html, said } = await buildRegisters(root)
  assert.deepEqual(said, [])
  assert.deepEqual(rows('tbl-data'), [
    ['Fact', 'Value'],
    ['Made-up rows rows'],
    ['images', 'training 1,200, test 30'],
    ['split', 'By turns.'],
    ['cleaning', 'blank 7'],
    ['source', 'made up, https://example.org/rows'],
    ['licence', 'none'],
    ['files', `rows.gz, 1,234 bytes, SHA-256${'ab'.repeat(32)}`],
    ['used by', '3 jobs'],
    ['others'],
    ['used by', '2 jobs'],
    ['described', 'in no result of this report'],
  ])
  assert.match(html, /<a href="https:\/\/example\.org\/rows">/)
})

const namesIn = (html: string) => [...html.matchAll(/<summary><code>(.*?)<\/code>/g)].map(([, name]) => name)

test('sources should show what cells import, directly or not, for a screen alone', async (t) => {
  const body = `::register{of=sources}\n${factsCell}${trainCell('trained', '{ x: 1 }')}`
  const root = temporaryProject(t, { ...study, 'report.md': reportOf(body) })
  const { html, texts, said } = await buildRegisters(root)
  assert.deepEqual(said, [])
  assert.deepEqual(namesIn(html), [
    'src/other/other.ts',
    'src/part/facts.ts',
    'src/part/one.ts',
    'src/part/size.ts',
    'src/part/train.ts',
  ])
  assert.match(html, /\/\/ One and no more\./)
  assert.match(texts('weft-screen').join(), /src\/part: 4 files/)
  assert.match(
    texts('weft-paper').join(),
    /^The source code \(5 files, \d+ lines\) is attached to this PDF, file by file, and listed on the HTML page\.$/,
  )
})

test('sources should print the files that are asked for, and say which pattern fits none', async (t) => {
  const body = (options: string) =>
    `::register{of=sources ${options}}\n${factsCell}${trainCell('trained', '{ x: 1 }')}`
  const root = temporaryProject(t, {
    ...study,
    'report.md': reportOf(body('files="src/other/**, ./src/part/{one,size}.ts" print=true')),
  })
  const { html, said } = await buildRegisters(root)
  assert.deepEqual(said, [])
  assert.deepEqual(namesIn(html), ['src/other/other.ts', 'src/part/one.ts', 'src/part/size.ts'])
  assert.doesNotMatch(html, /weft-screen|weft-paper/)
  for (const [options, found] of [
    ['files="src/par/*"', /found `src\/par\/\*`, which fits none of them/],
    ['files=""', /expected `files` to be patterns .*, found nothing/],
    ['print=maybe', /expected `print` to be `true` or `false`, found `maybe`/],
    ['depth=1', /Unexpected option `depth` of the register `sources`, expected of, files or print/],
  ] as const) {
    writeFiles(root, { 'report.md': reportOf(`::register{of=jobs}\n\n${body(options)}`) })
    const { said: saidNow } = await buildRegisters(root)
    assert.match(saidNow.join(), found)
    // What asks which files are shown, such as the list of jobs, is not at fault.
    assert.equal(saidNow.length, 1, saidNow.join())
  }
})

test('sources should list a file that another register prints there alone, and count it', async (t) => {
  const body = `::register{of=sources}\n\n::register{of=sources files="src/part/one.ts" print=true}\n${trainCell('trained', '{ x: 1 }')}`
  const root = temporaryProject(t, { ...study, 'report.md': reportOf(body) })
  const { html, texts, said } = await buildRegisters(root)
  assert.deepEqual(said, [])
  assert.equal(html.split('id="source-src-part-one-ts"').length, 2)
  assert.doesNotMatch(texts('weft-screen').join(), /One and no more/)
  assert.match(texts('weft-paper').join(), /\(4 files, /)
})

test('sources should say so if nothing is imported', async (t) => {
  const root = temporaryProject(t, { 'report.md': reportOf('::register{of=sources}\n') })
  assert.match((await buildRegisters(root)).html, /The report uses no source files\./)
})

test('jobs should link an experiment to its source only if the source is shown', async (t) => {
  const body = `::register{#tbl-jobs of=jobs}\n\n::register{of=sources files="src/part/facts.ts"}\n${factsCell}${trainCell('trained', '{ x: 1 }')}`
  const root = temporaryProject(t, { ...study, 'report.md': reportOf(body) })
  const { html } = await buildRegisters(root)
  assert.match(html, /<a href="#source-src-part-facts-ts" class="weft-screen-link">/)
  assert.match(html, /<details class="weft-source" id="source-src-part-facts-ts">/)
  writeFiles(root, { 'report.md': reportOf(body.replace('part/facts', 'other/*')) })
  assert.doesNotMatch((await buildRegisters(root)).html, /href="#source/)
})

test('checklist should answer from facts, say what it cannot answer, and link to the given sections', async (t) => {
  const table = cell(
    'tbl-trained',
    "import { table } from 'weft/output'",
    'export default table(trained.map(({ result }) => ({ accuracy: result.accuracy })))',
  )
  const body = `# How {#sec-how}\n${factsCell}\n## Training\n${trainCell('trained', "{ data: 'rows', x: 1 }", "{ data: 'rows', x: 2 }")}${table}
\`{ts} percent(trained[0].result.accuracy)\` :claim[fine]{that='true'}

::register{#tbl-checklist of=checklist assumptions=sec-how runs="sec-how"}
`
  const root = temporaryProject(t, { ...study, 'report.md': reportOf(body) })
  const { rows, said, html } = await buildRegisters(root)
  assert.deepEqual(said, [])
  const answers = new Map(rows('tbl-checklist').map(([question, answer]) => [question, answer]))
  const answer = (start: string) => [...answers].find(([question]) => question!.startsWith(start))?.[1]
  assert.equal(answer('Is every model'), '2 experiments, described in How, Training.')
  assert.equal(answer('Are the assumptions'), 'See How.')
  assert.equal(answer('Is every claim'), 'Each claim has a condition on the results; 1 of 1 conditions hold.')
  assert.equal(answer('How were the final'), 'Not recorded.')
  assert.equal(answer('Which hyper'), '1 parameter was varied.')
  assert.equal(
    answer('How many runs'),
    '5 jobs in 3 different settings, of which 2 were run with more than one seed. See How.',
  )
  assert.match(answer('Are central')!, /: 1 in the text and 2 in tables\.$/)
  assert.match(answer('Where do they')!, /^Made-up rows: made up, https/)
  assert.match(answer('Which hardware')!, /Engine: none 1/)
  assert.match(html, /<a href="#sec-how">How<\/a>/)
})

test('checklist should answer only what an empty report can answer', async (t) => {
  const root = temporaryProject(t, { 'report.md': reportOf('::register{#tbl-checklist of=checklist}\n') })
  const { rows } = await buildRegisters(root)
  const answered = rows('tbl-checklist').filter(([, answer]) => answer && !answer.startsWith('Not recorded'))
  assert.deepEqual(
    answered.map(([question]) => question),
    ['Item', 'What does the code depend on?'],
  )
})
