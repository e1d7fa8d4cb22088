import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { messagesOf } from '../execute/build-project.ts'
import { cell, reportOf, values, writeFiles } from '../execute/temporary-project.ts'
import { waveProject } from './wave-project.ts'

const chain = (a = '2', more = '') =>
  reportOf(
    `# Sums\n${more}${cell('a', `export const a = ${a}`)}${cell('b', 'export const b = a * 10')}${cell('c', 'export default String(b)')}${cell('d', 'export const d = 1')}${values('a + b')}`,
  )

describe('openWave', { concurrency: 1 }, () => {
  it('should run what a program lacks in the order of dependencies, and give the page the results', async (t) => {
    // The first cell takes longer than it takes to look at the page before it ends.
    const slow = chain('await new Promise((go) => setTimeout(go, 2000, 2))')
    const { edit, page, until, events, results, session } = waveProject(t, { 'report.md': slow })
    const program = await edit()
    const before = await page(program)
    assert.deepEqual(
      [...before.cells.values()].map((one) => one.state),
      ['stale', 'stale', 'stale', 'stale'],
    )
    await session.assemble(before)
    // What is being computed is no fault.
    assert.deepEqual(messagesOf(program.source.report.files), [])
    await until('done a', 'done b', 'done c', 'done d')
    const order = events.filter((event) => /^done [abc]$/.test(event))
    assert.deepEqual(order, ['done a', 'done b', 'done c'])
    await until('done d')
    assert.deepEqual([...results].sort(), ['a', 'b', 'c', 'd'])
    const run = await page(program)
    assert.deepEqual(
      [...run.cells.values()].map((one) => one.state),
      ['reused', 'reused', 'reused', 'reused'],
    )
    const [value] = [...run.expressions.values()]
    assert.equal(value!.result?.ok && value!.result.text, '22')
  })

  it('should show the old results until there are new ones, without a fault', async (t) => {
    const { edit, page, until, session, wave } = waveProject(t, { 'report.md': chain() })
    const first = await page(await edit()).then(async () => {
      await until('done a', 'done b', 'done c', 'done d')
      return page()
    })
    const edited = await edit({ 'report.md': chain('await new Promise((go) => setTimeout(go, 300, 3))') })
    const earlier = (label: string) => {
      const one = first.cells.get(label)!
      return 'stored' in one ? one.stored : undefined
    }
    const run = await session.run(edited, { ...wave.settings, earlier })
    assert.deepEqual(
      [...run.cells.values()].map((one) => one.state),
      ['stale', 'stale', 'stale', 'reused'],
    )
    const { chapters } = await session.assemble(run)
    const tree = JSON.stringify(chapters[0]!.tree)
    assert.ok(tree.includes('"className":["weft-stale","weft-awaited"],"dataCell":"c"'))
    assert.ok(tree.includes('"value":"20"') && tree.includes('"value":"22"'))
    assert.deepEqual(messagesOf(edited.source.report.files), [])
    await until('done a', 'done b', 'done c')
  })

  it('should not run a cell whose key did not change, so that equal exports stop the wave', async (t) => {
    const { edit, until, results, events } = waveProject(t, { 'report.md': chain() })
    await edit()
    await until('done a', 'done b', 'done c', 'done d')
    results.length = events.length = 0
    await edit({ 'report.md': chain('1 + 1') })
    await until('done a', 'done b', 'done c')
    assert.deepEqual(results, ['a'])
    assert.deepEqual(
      events.filter((event) => event.startsWith('running')),
      ['running a'],
    )
    await edit({ 'report.md': chain('3') })
    await until('done a', 'done b', 'done c')
    assert.deepEqual(results, ['a', 'a', 'b', 'c'])
  })

  it('should run nothing after an edit of prose, nor after one that is taken back', async (t) => {
    const { edit, until, results } = waveProject(t, { 'report.md': chain() })
    await edit()
    await until('done a', 'done b', 'done c', 'done d')
    await edit({ 'report.md': chain('3') })
    await until('done a', 'done b', 'done c')
    results.length = 0
    for (const [a, more] of [
      ['2', ''],
      ['3', 'More prose.\n'],
      ['2', ''],
    ] as const)
      await edit({ 'report.md': chain(a, more) })
    await until('done a', 'done b', 'done c')
    assert.deepEqual(results, [])
  })

  it('should stop a cell in an endless loop when it is edited, and leave what runs beside it', async (t) => {
    const slow = cell(
      'slow',
      'await new Promise((go) => setTimeout(go, 600))',
      'export const slow = process.pid',
    )
    const text = (body: string) => reportOf(cell('loop', body) + slow)
    const { edit, until, results, events, page } = waveProject(t, {
      'report.md': text('for (;;);\nexport const a = 1'),
    })
    await edit()
    await until('running loop', 'running slow')
    await edit({ 'report.md': text('export const a = process.pid') })
    await until('done loop', 'done slow')
    assert.deepEqual([...results].sort(), ['loop', 'slow'])
    assert.equal(events.filter((event) => event === 'running slow').length, 1)
    const { exports } = await page()
    assert.equal(exports.get('a'), exports.get('slow'), 'one process for both')
  })

  it('should stop a cell that is removed, and start the next edit of what needed it', async (t) => {
    const loop = cell('loop', 'for (;;);', 'export const a = 1')
    const { edit, until, wave, stateOf } = waveProject(t, {
      'report.md': reportOf(loop + cell('b', 'export default String(a)')),
    })
    await edit()
    await until('running loop', 'waiting b')
    await edit({ 'report.md': reportOf(cell('b', 'export default "alone"')) })
    await until('done b')
    assert.deepEqual([stateOf('loop'), wave.states.size], [undefined, 1])
  })

  it('should show the failure of a cell on the page, at the line where it is now', async (t) => {
    const text = (more: string, body: string) =>
      reportOf(more + cell('a', '// A line.', body) + cell('b', 'export default String(a)'))
    const bad = "export const a = (() => { throw new Error('no luck') })()"
    const { edit, until, page, results, session } = waveProject(t, { 'report.md': text('', bad) })
    const shown = async (program: Awaited<ReturnType<typeof edit>>) => {
      const run = await page(program)
      await session.assemble(run)
      const states = [...run.cells.values()].map((one) => one.state)
      return [states, messagesOf(program.source.report.files).filter((text) => text.includes('luck'))]
    }
    const first = await edit()
    await until('failed a', 'failed b')
    const said = (line: number) =>
      `report.md:${line}:33 cell-runs Cannot run \`#a\`, no luck\n    at report.md:${line}:33\n    at report.md:${line}:54`
    assert.deepEqual(await shown(first), [['failed', 'skipped'], [said(7)]])
    const moved = await edit({ 'report.md': text('Prose.\n\nProse.\n', bad) })
    await until('failed a', 'failed b')
    assert.deepEqual(await shown(moved), [['failed', 'skipped'], [said(10)]])
    assert.deepEqual(results, ['a'])
    await edit({ 'report.md': text('', 'export const a = 1') })
    await until('done a', 'done b')
  })

  it('should run a cell that failed again when it is told to', async (t) => {
    const { edit, until, wave, root } = waveProject(t, {
      'report.md': reportOf(
        cell(
          'a',
          "import { existsSync } from 'node:fs'",
          "if (!existsSync('there')) throw new Error('not yet')",
          'export const a = 1',
        ) + cell('b', 'export default String(a)'),
      ),
    })
    await edit()
    await until('failed a', 'failed b')
    writeFiles(root, { there: '' })
    wave.run('b')
    await until('done a', 'done b')
  })
})
