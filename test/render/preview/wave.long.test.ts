import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Workers } from '../../../src/render/execute/workers.ts'
import { pathsOf } from '../../../src/render/model/paths.ts'
import type { Executor, Outcome, StoredResult, Task } from '../../../src/render/model/types.ts'
import { openAuthorMode } from '../../../src/render/pipeline/author-mode.ts'
import { openSession } from '../../../src/render/pipeline/session.ts'
import type { Program } from '../../../src/render/pipeline/stages.ts'
import { openLongWorkers, openWave } from '../../../src/render/preview/wave.ts'
import { cell, reportOf, temporaryProject, values } from '../execute/temporary-project.ts'
import { experimentOf } from './wave-project.ts'

// A third of a day in .ci/run.
const edits = process.env.WEFT_THIRD === undefined ? 10_000 : 3_333
const warmUp = 1_000
const mostGrowth = 1.3

const env = { PATH: process.env.PATH, HOME: process.env.HOME }

// A day of edits of one cell, some of which change what others need, with jobs that succeed, fail or are stopped. Of
// the cells every 40th runs in a real thread, since starting 20,000 takes half an hour; all else is as in a preview.
test('a day of edits should leave memory, files and processes as they were', async (t) => {
  const root = temporaryProject(t, {
    ...experimentOf('job', "if (params.x % 3 === 1) throw new Error('no'); return params.x"),
    'report.md': reportOf(
      cell(
        'edited',
        'const edit = 1000000',
        'export const a = Math.floor(edit / 20)',
        'export default String(edit)',
      ) +
        [1, 2, 3, 4]
          .map((n) => cell(`c${n}`, `export const c${n} = a + ${n}`, `export default 'x'.repeat(20_000)`))
          .join('') +
        cell(
          'asks',
          "import { run } from 'weft/experiment'\nimport { job } from './job.ts'",
          'const x = 1000000',
          'export const b = (await run(job, { x })).result',
        ) +
        values('a + 1', 'c1 + c2'),
    ),
  })
  const paths = pathsOf(join(root, 'report.md'))
  const session = openSession({ paths, mode: openAuthorMode({ paths, env }), env })
  const real = openLongWorkers(session, { jobs: 1, heapMb: 64 })
  const counts = { cells: 0, threads: 0, jobs: 0 }
  let heard = () => {}
  const wave = openWave(session, {
    workers: sampled(real, counts),
    onState() {},
    onResult: () => heard(),
    cheapMs: 1e9,
  })
  t.after(async () => {
    await wave.close()
    await session.close()
  })
  const base = await session.bundle(session.read())
  const earlier = new Map<string, StoredResult>()
  const results: { heapMb: number; childMb: number }[] = []
  for (let edit = 0; edit <= edits; edit++) {
    const program = edit % 200 === 0 ? await session.bundle(session.read()) : base
    const x = Math.floor(edit / 50)
    wave.update(edited(edited(program, 'edited', edit), 'asks', x))
    const isQuiet = () =>
      [...wave.states.values()].every(({ state }) => state === 'done' || state === 'failed')
    // Most edits come while the last one is still at work.
    for (let turns = 0; turns < 3; turns++) await turn()
    for (let turns = 0; edit % 5 === 0 && !(turns > 0 && isQuiet()); turns++)
      await new Promise<void>((resolve) => {
        heard = resolve
        setTimeout(resolve, 5)
      })
    if (edit % 20 === 0) {
      const now = edited(edited(program, 'edited', edit), 'asks', x)
      const run = await session.run(now, { ...wave.settings, earlier: (label) => earlier.get(label) })
      assert.deepEqual(
        [...run.cells.values()].filter(({ cell, state }) => cell.label !== 'asks' && state !== 'reused'),
        [],
      )
      for (const [label, one] of run.cells) if ('stored' in one && one.stored) earlier.set(label, one.stored)
    }
    if (edit === warmUp || edit === edits) results.push(await measure())
  }
  const [before, after] = results
  t.diagnostic(
    `${edits} edits, ${counts.cells} cells (${counts.threads} in threads), ${counts.jobs} jobs; heap ${before!.heapMb.toFixed(1)} -> ${after!.heapMb.toFixed(1)} MB, child processes ${before!.childMb.toFixed(0)} -> ${after!.childMb.toFixed(0)} MB`,
  )
  assert.ok(counts.threads >= 100 && counts.jobs >= edits / 70, JSON.stringify(counts))
  assert.ok(after!.heapMb <= before!.heapMb * mostGrowth, 'heap')
  assert.ok(after!.childMb <= before!.childMb * mostGrowth, 'child processes')
  assert.ok(readdirSync(join(root, 'dist/.cache/run')).length <= 2 * 600, 'code laid for running')
})

function edited(program: Program, label: string, number: number): Program {
  const bundle = program.cells.get(label)!
  const code = bundle.code.replace(/1000000|1e6/, String(number))
  return { ...program, cells: new Map([...program.cells, [label, { ...bundle, code }]]) }
}

function sampled(real: Workers, counts: { cells: number; threads: number; jobs: number }): Workers {
  const cells: Executor = {
    async run(task, host, signal) {
      counts.cells++
      const asks = task.label === 'asks'
      if (task.kind === 'values' || asks || counts.cells % 40 === 0) {
        counts.threads++
        return real.cells.run(task, host, signal)
      }
      host.started?.()
      await turn()
      return outcomeOf(task)
    },
    close: () => real.cells.close(),
  }
  const jobs: Executor = {
    run(task, host, signal) {
      counts.jobs++
      return real.jobs.run(task, host, signal)
    },
    close: () => real.jobs.close(),
  }
  return { ...real, cells, jobs, close: async () => void (await Promise.all([cells.close(), jobs.close()])) }
}

// What the thread would give.
function outcomeOf({ label, code, input }: Task): Outcome {
  const common = { ok: true, measured: {}, facts: {}, elapsedMs: 1 } as const
  const scalar = (text: string) => [{ kind: 'scalar', text, raw: text } as const]
  if (label === 'edited') {
    const edit = Number(/edit=(\d+)/.exec(code)![1])
    return { ...common, shown: scalar(String(edit)), exports: { a: Math.floor(edit / 20) } }
  }
  const n = Number(label.slice(1))
  const a = Number(input['earlier:a'])
  return { ...common, shown: scalar('x'.repeat(20_000)), exports: { [label]: a + n } }
}

async function measure(): Promise<{ heapMb: number; childMb: number }> {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  for (let times = 0; times < 4; times++) {
    collect()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const rows = execFileSync('ps', ['-A', '-o', 'ppid=,rss=,args='], { encoding: 'utf8' }).split('\n')
  const own = rows
    .map((row) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row))
    .filter((row) => row?.[1] === String(process.pid))
  const childMb = own.reduce(
    (sum, row) => sum + (/process\.js/.test(row![3]!) ? Number(row![2]) / 1024 : 0),
    0,
  )
  return { heapMb: process.memoryUsage().heapUsed / 1e6, childMb }
}
