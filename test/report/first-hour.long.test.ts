import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { describe, it } from 'node:test'
import { cell, head, reportOf } from './first-report.ts'

describe('a first report', () => {
  it('should warn about a cell that gives nothing', async (t) => {
    const { code, text } = await reportOf(t, cell('empty', 'const a = 1')).weft(['report.md'])
    assert.equal(code, 0, text)
    assert.match(text, /`#empty` gives nothing, expected an `export default` to show or an `export const`/)
  })

  it('should report a table label without a table', async (t) => {
    const { code, text } = await reportOf(t, cell('tbl-none', 'export const a = 1')).weft(['report.md'])
    assert.equal(code, 1)
    assert.match(text, /`#tbl-none`, its cell shows no table first: expected `export default table\(...\)`/)
  })
})

describe('accepted results', () => {
  const chain = `${cell('one', 'export const x = params.n * 3')}${cell('two', 'export const y = x + 1')}It is \`{ts} y\`.\n`

  it('should be marked if stale, with everything that depends on them', async (t) => {
    const project = reportOf(t, chain)
    assert.equal((await project.weft(['accept', 'report.md'])).code, 0)
    project.edit('report.md', 'n: 3', 'n: 300')
    const { code, text } = await project.weft(['build', 'report.md', '--cached'])
    assert.equal(code, 1)
    for (const what of ['#one', '#two', 'y'])
      assert.match(text, new RegExp(`Cannot show \`${what}\` as it is`))
  })

  it('should not remove files that another report or the author keeps in the folder', async (t) => {
    const project = reportOf(t, cell('one', 'export default 1'), 'a.md')
    project.write('b.md', head + cell('two', 'export default 2'))
    project.write('figures/diagram.svg', '<svg/>')
    for (const file of ['a.md', 'b.md']) assert.equal((await project.weft(['accept', file])).code, 0)
    const { code, text } = await project.weft(['build', 'a.md', '--cached', '--out', 'fresh'])
    assert.equal(code, 0, text)
    assert.equal(project.read('figures/diagram.svg'), '<svg/>')
    const keys = Object.values(
      JSON.parse(project.read('a.lock.json')).profiles.full.cells as Record<string, string>,
    )
    for (const key of keys) assert.ok(existsSync(project.path('freeze', `${key}.json`)))
  })
})

it('a job should not see state that another job of its experiment left behind', async (t) => {
  const project = reportOf(
    t,
    cell(
      'sweep',
      "import { sweep } from 'weft/experiment'\nimport { counter } from './counter.ts'\nconst jobs = await sweep(counter, [{ n: 1 }, { n: 2 }, { n: 3 }])\nexport default jobs.map((job) => String(job.result)).join(' ')",
    ),
  )
  project.write(
    'counter.ts',
    "import { defineExperiment } from 'weft/experiment'\nconst state = globalThis as { seen?: number }\nexport const counter = defineExperiment({ name: 'counter', params: { parse: (value: unknown) => value }, run() { state.seen = (state.seen ?? 0) + 1; return state.seen } })\n",
  )
  const { code, text } = await project.weft(['report.md'])
  assert.equal(code, 0, text)
  assert.match(project.read('dist/report.html'), /1 1 1/)
})
