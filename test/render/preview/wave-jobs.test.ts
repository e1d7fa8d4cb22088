import assert from 'node:assert/strict'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { build } from '../../../src/render/pipeline/build.ts'
import { until as eventually } from '../../report/processes.ts'
import { cell, reportOf, writeFiles } from '../execute/temporary-project.ts'
import { experimentOf, waveProject } from './wave-project.ts'

const imports = (name: string) =>
  `import { run, sweep } from 'weft/experiment'\nimport { ${name} } from './${name}.ts'`

/** An experiment that runs until it may end, and says that it began by a file. What lies outside is not noted as read. */
const waiting = experimentOf(
  'waiting',
  `
    const { existsSync, writeFileSync } = await import('node:fs')
    writeFileSync('began-' + params.x, '')
    const outside = process.cwd() + '-outside/'
    for (let epoch = 1; !existsSync(outside + 'go') && !existsSync(outside + 'go-' + params.x); epoch++) {
      await new Promise((done) => setTimeout(done, 10))
      progress({ epoch: Math.min(epoch, 1e6), epochs: 1e6, loss: 1 / epoch })
    }
    return { x: params.x }`,
)

function letGo(t: { after(clean: () => void): void }, root: string, name: string): void {
  writeFiles(`${root}-outside`, { [name]: '' })
  t.after(() => rmSync(`${root}-outside`, { recursive: true, force: true }))
}

const asksFor = (label: string, x: number, more = '') =>
  cell(label, imports('waiting'), more, `export const ${label} = (await run(waiting, { x: ${x} })).result.x`)

describe('the jobs of a wave', { concurrency: 1 }, () => {
  it('should go on when one of two cells that want them is edited, and run once', async (t) => {
    const text = (more: string) => reportOf(asksFor('a', 1, more) + asksFor('b', 1))
    const { edit, until, root, jobs, results } = waveProject(t, { ...waiting, 'report.md': text('') })
    await edit()
    await until('running a', 'running b')
    await eventually(() => existsSync(join(root, 'began-1')), 'the job begins')
    await edit({ 'report.md': text('const more = 1; export const c = more') })
    await until('running a', 'running b')
    letGo(t, root, 'go')
    await until('done a', 'done b')
    assert.deepEqual([jobs(), [...results].sort()], [['waiting seed 1'], ['a', 'b']])
  })

  it('should go on when the only cell that wants them is edited and wants them again, even if it was broken', async (t) => {
    const text = (more: string) => reportOf(asksFor('a', 1, more))
    const { edit, until, root, jobs, wave } = waveProject(t, { ...waiting, 'report.md': text('') })
    await edit()
    await eventually(() => existsSync(join(root, 'began-1')), 'the job begins')
    await edit({ 'report.md': text('const = 1') })
    assert.equal(wave.states.get('a')?.state === 'done', false)
    await until('failed a')
    await edit({ 'report.md': text('const one = 1; export const c = one') })
    await until('running a')
    // Longer than a cell needs to ask.
    await new Promise((done) => setTimeout(done, 600))
    letGo(t, root, 'go')
    await until('done a')
    assert.deepEqual(jobs(), ['waiting seed 1'])
  })

  it('should be stopped when the cell wants others, and when nobody wants them', async (t) => {
    const text = (x: number) => reportOf(asksFor('a', x))
    const { edit, until, root, jobs, stateOf } = waveProject(
      t,
      { ...waiting, 'report.md': text(1) },
      { limits: { jobs: 1, heapMb: 128 } },
    )
    await edit()
    await eventually(() => existsSync(join(root, 'began-1')), 'the first job begins')
    await edit({ 'report.md': text(2) })
    // With one process, only if the first was stopped.
    await eventually(() => existsSync(join(root, 'began-2')), 'the second job begins')
    await edit({ 'report.md': reportOf(cell('b', 'export const b = 1')) })
    await until('done b')
    await edit({ 'report.md': text(3) })
    await eventually(() => existsSync(join(root, 'began-3')), 'the third job begins')
    letGo(t, root, 'go-3')
    await until('done a')
    assert.deepEqual([jobs().length, stateOf('b')], [3, undefined])
    assert.equal(readdirSync(join(root, 'dist/.cache/freeze')).length, 3, 'b, the third job and a')
  })

  it('should tell the cell how far they are, with the loss, a few times a second', async (t) => {
    const { edit, until, root, states } = waveProject(t, {
      ...waiting,
      'report.md': reportOf(
        asksFor('a', 1) +
          cell(
            'two',
            imports('waiting'),
            'export const two = (await sweep(waiting, [{ x: 1 }, { x: 2 }])).length',
          ),
      ),
    })
    await edit()
    const jobOf = (label: string) => states.findLast((one) => one.label === label)?.state.job
    await eventually(
      () => (jobOf('a')?.loss?.length ?? 0) > 30 && jobOf('two') !== undefined,
      'progress comes',
    )
    const job = jobOf('a')!
    assert.deepEqual([job.label, job.total, job.unit], ['waiting seed 1', 1e6, 'epochs'])
    assert.deepEqual(job.loss!.slice(0, 2), [1, 0.5])
    assert.equal(job.loss!.length, job.done)
    assert.ok(job.secondsLeft! > 5_000, `${job.secondsLeft} s for a million epochs`)
    assert.deepEqual([jobOf('two')!.done, jobOf('two')!.total, jobOf('two')!.unit], [0, 2, 'jobs'])
    const told = states.filter((one) => one.label === 'a' && one.state.job).length
    assert.ok(told <= 30, `${told} times for ${job.done} epochs`)
    letGo(t, root, 'go-1')
    await until('done a')
    await eventually(() => jobOf('two')?.done === 1, 'one of two jobs is done')
    letGo(t, root, 'go')
    await until('done two')
  })

  const slow = experimentOf(
    'slow',
    'await new Promise((done) => setTimeout(done, 120)); return { x: params.x }',
  )

  it('should wait for the author if they took long the last time, and else run at once', async (t) => {
    const text = (body: string) =>
      reportOf(
        cell('a', imports('slow'), body) +
          cell('b', 'export default String(a.length)') +
          cell('c', 'export default "c"'),
      )
    const { edit, until, wave, jobs } = waveProject(
      t,
      {
        ...slow,
        'report.md': text('export const a = await sweep(slow, [{ x: 1 }])'),
      },
      { cheapMs: 100 },
    )
    await edit()
    // Nobody knows how long it takes.
    await until('done a', 'done b', 'done c')
    await edit({ 'report.md': text('export const a = await sweep(slow, [{ x: 1 }, { x: 2 }, { x: 3 }])') })
    await until('asks a', 'waiting b', 'done c')
    const { lastMs, jobs: count } = wave.states.get('a')!
    assert.equal(count, 2, 'the first one is stored')
    assert.ok(lastMs! >= 240, `${lastMs} ms`)
    assert.equal(jobs().length, 1)
    // An edit of something else asks no other question.
    await edit({ 'more.md': '' })
    await until('asks a', 'waiting b')
    // One that waits for it means both.
    wave.run('b')
    await until('done a', 'done b')
    assert.equal(jobs().length, 3)
    await edit({ 'report.md': text('export const a = await sweep(slow, [{ x: 4 }])') })
    await until('asks a')
  })

  it('should know from builds, and from earlier previews, how long they took', async (t) => {
    const text = (x: number) =>
      reportOf(cell('a', imports('slow'), `export const a = await run(slow, { x: ${x} })`))
    const files = { ...slow, 'report.md': text(1) }
    const first = waveProject(t, files, { cheapMs: 100 })
    await build(first.session)
    await first.edit({ 'report.md': text(2) })
    await first.until('asks a')
    first.wave.run('a')
    await first.until('done a')
    await first.wave.close()
    const second = waveProject(t, {}, { cheapMs: 100 }, first.root)
    await second.edit({ 'report.md': text(3) })
    await second.until('asks a')
    const third = waveProject(t, {}, { cheapMs: 100, runsAll: true }, first.root)
    await third.edit()
    await third.until('done a')
  })

  it('should run again if they failed, and when their module is mended', async (t) => {
    const fickle = experimentOf(
      'fickle',
      "const { existsSync } = await import('node:fs'); if (!existsSync('luck')) throw new Error('no luck'); return 1",
    )
    const { edit, until, root, wave, jobs, page } = waveProject(t, {
      ...fickle,
      'report.md': reportOf(
        cell('a', imports('fickle'), 'export const a = (await run(fickle, {})).result') +
          cell('b', imports('fickle'), 'export const b = (await run(fickle, {})).result'),
      ),
    })
    const program = await edit()
    await until('failed a', 'failed b')
    const failed = (await page(program)).cells.get('a')!
    assert.match(failed.state === 'failed' ? failed.failure.message : '', /job fickle seed 1: no luck/)
    writeFiles(root, { luck: '' })
    wave.run('a')
    // The other one, too: what the job had looked for is there now.
    await until('done a', 'done b')
    const before = jobs().length
    const mended = experimentOf('fickle', 'return 2')
    const { exports } = await page(await edit(mended)).then(async () => {
      await until('done a', 'done b')
      return page()
    })
    assert.deepEqual([exports.get('a'), exports.get('b'), jobs().length], [2, 2, before + 1])
  })
})
