import assert from 'node:assert/strict'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readCount } from './count-option.ts'
import { resultsIn, startBuild } from './slurm/build.ts'
import { type Cluster, openCluster, whyNoCluster } from './slurm/cluster.ts'
import { type Sweep, writeSweep } from './slurm/sweep.ts'

export const options = { sweep: { type: 'string' } } as const

interface Options {
  readonly sweep?: string
}

/**
 * Runs sweeps on a Slurm cluster of two nodes on this machine, and compares each with the same sweep run here: trivial
 * jobs, jobs of a second, a sweep that loses a node in the middle, and one whose build is killed.
 */
export async function bench({ sweep }: Options): Promise<void> {
  const reason = whyNoCluster()
  if (reason !== undefined) return console.log(`No Slurm to measure: ${reason}`)
  const jobs = sweep === undefined ? 60 : readCount('--sweep', sweep)
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'weft-slurm-')))
  try {
    await onCluster(folder, 'trivial', { jobs: jobs * 10, ms: 0 }, whole)
    await onCluster(folder, 'seconds', { jobs, ms: 1000 }, whole)
    await onCluster(folder, 'node', { jobs, ms: 1000 }, loseNode)
    await onCluster(folder, 'build', { jobs, ms: 1000 }, loseBuild)
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

interface Trial extends Sweep {
  readonly root: string
  readonly cluster: Cluster
}

async function onCluster(
  folder: string,
  name: string,
  sweep: Sweep,
  run: (trial: Trial) => Promise<string>,
): Promise<void> {
  const root = join(folder, name)
  await writeSweep(root, sweep)
  const cluster = await openCluster({ folder: join(folder, `cluster-${name}`) })
  try {
    const startedAt = performance.now()
    const words = await run({ ...sweep, root, cluster })
    const seconds = (performance.now() - startedAt) / 1000
    console.log(
      `${`${sweep.jobs} jobs of ${sweep.ms / 1000} s`.padEnd(22)} ${seconds.toFixed(1).padStart(6)} s  ${words}`,
    )
  } finally {
    await cluster.close()
  }
  await assertSame(root, sweep)
}

const slurm = ['--executor', 'slurm']

async function whole({ root, cluster }: Trial): Promise<string> {
  const build = startBuild(root, slurm, cluster.env)
  assert.equal(await build.ended, 0, build.text())
  return build
    .text()
    .match(/runs \d+ jobs? in \d+ tasks?/g)!
    .join(', ')
}

async function loseNode({ root, cluster, jobs }: Trial): Promise<string> {
  const build = startBuild(root, slurm, cluster.env)
  await build.until(/done in/, 8)
  const node = cluster.nodes.find((name) => cluster.processesOn(name).length > 0)!
  cluster.killNode(node)
  const lostAt = performance.now()
  await build.until(/gave no sign of life/)
  const noticedMs = performance.now() - lostAt
  assert.equal(await build.ended, 0, build.text())
  assert.equal(countOf(build.text()), jobs, 'each job counts once')
  const [noticed, over] = [noticedMs, performance.now() - lostAt].map((ms) => (ms / 1000).toFixed(1))
  return `lost ${node} with all that ran there: noticed after ${noticed} s, over after ${over} s`
}

async function loseBuild({ root, cluster, jobs }: Trial): Promise<string> {
  const first = startBuild(root, slurm, cluster.env)
  await first.until(/done in/, 8)
  first.child.kill('SIGKILL')
  await first.ended
  const next = startBuild(root, slurm, cluster.env)
  assert.equal(await next.ended, 0, next.text())
  const taken = /runs (\d+) of these jobs already/.exec(next.text())
  assert.ok(taken, next.text())
  assert.doesNotMatch(next.text(), /runs \d+ jobs in/, 'nothing is submitted twice')
  return `killed the build after ${countOf(first.text())} of ${jobs} jobs; the next one took over ${taken[1]} that ran`
}

function countOf(text: string): number {
  return [...text.matchAll(/ done in /g)].length
}

async function assertSame(root: string, { jobs }: Sweep): Promise<void> {
  const here = startBuild(root, ['--rerun', '--out', 'here'], process.env)
  assert.equal(await here.ended, 0, here.text())
  const [there, expected] = [resultsIn(join(root, 'dist')), resultsIn(join(root, 'here'))]
  assert.equal(expected.size, jobs)
  assert.deepEqual(there, expected, 'the numbers of a cluster are those of this machine')
}
