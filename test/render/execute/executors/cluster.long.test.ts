import assert from 'node:assert/strict'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { resultsIn, startBuild } from '../../../../bench/slurm/build.ts'
import { type Cluster, openCluster, whyNoCluster } from '../../../../bench/slurm/cluster.ts'
import { writeSweep } from '../../../../bench/slurm/sweep.ts'
import { isRunning } from '../../../is-running.ts'
import { temporaryProject } from '../temporary-project.ts'

const skip = whyNoCluster() ?? false
const slurm = ['--executor', 'slurm']
const jobs = 12

// What happens when a node is lost is measured by `npm run bench -- slurm`, since it takes half a minute.
describe('a cluster of two nodes', { skip, timeout: 240_000 }, () => {
  const root = temporaryProject({ after }, {})
  let cluster: Cluster

  before(async () => {
    await writeSweep(join(root, 'sweep'), { jobs, ms: 1500 })
    await writeSweep(join(root, 'stopped'), { jobs: 40, ms: 3000 })
    cluster = await openCluster({ folder: join(root, 'cluster') })
  })
  after(() => cluster?.close())

  it('should go on when the build is killed, and give the next one what it has computed', async () => {
    const project = join(root, 'sweep')
    const first = startBuild(project, slurm, cluster.env)
    await first.until(/done in/)
    first.child.kill('SIGKILL')
    await first.ended
    const next = startBuild(project, slurm, cluster.env)
    assert.equal(await next.ended, 0, next.text())
    assert.match(next.text(), /runs \d+ of these jobs already/)
    assert.doesNotMatch(next.text(), /runs \d+ jobs in/, 'nothing is submitted twice')
    const here = startBuild(project, ['--rerun', '--out', 'here'], process.env)
    assert.equal(await here.ended, 0, here.text())
    const [there, expected] = [resultsIn(join(project, 'dist')), resultsIn(join(project, 'here'))]
    assert.equal(expected.size, jobs)
    assert.deepEqual(there, expected)
    assert.deepEqual(readdirSync(join(project, 'dist/.cache/slurm')), [], 'nothing is left')
  })

  it('should end what runs when the build is stopped', async () => {
    const build = startBuild(join(root, 'stopped'), slurm, cluster.env)
    await build.until(/done in/)
    const other = await openCluster({ folder: join(root, 'other') })
    await other.close()
    assert.deepEqual(
      other.nodes.flatMap((name) => other.processesOn(name)),
      [],
      'another cluster has nodes of the same names',
    )
    assert.ok(cluster.nodes.some((name) => cluster.processesOn(name).length > 0))
    build.child.kill('SIGINT')
    assert.equal(await build.ended, 130, build.text())
    for (
      const until = Date.now() + 30_000;
      cluster.nodes.some((name) => cluster.processesOn(name).length > 0);
    ) {
      assert.ok(Date.now() < until, 'its jobs still run')
      await pause(200)
    }
  })

  it('should leave no daemon when it is closed, even if its folder is gone', async () => {
    assert.equal(cluster.daemons.length, 3)
    rmSync(join(root, 'cluster'), { recursive: true, maxRetries: 5 })
    await cluster.close()
    await pause(200)
    assert.deepEqual(cluster.daemons.filter(isRunning), [])
  })
})
