import assert from 'node:assert/strict'
import { chmodSync, existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, it } from 'node:test'
import { cacheFolder } from '../../src/experiments/data/folders.ts'
import { noteRunning } from '../../src/render/cache/running.ts'
import { temporaryOf } from '../../src/render/model/write-atomic.ts'
import { type GcProject, gcProject, resultOf } from '../render/results/gc/gc-project.ts'
import { weftHere } from './weft-here.ts'

const homeOf = ({ paths }: GcProject) => join(dirname(paths.source), 'home')

const gc = (project: GcProject, ...options: string[]) => {
  const folder = dirname(project.paths.source)
  const env = { HOME: homeOf(project), XDG_CACHE_HOME: join(folder, 'user cache') }
  return weftHere(folder, ['gc', ...options], env)
}

function filled(t: Parameters<typeof gcProject>[0]) {
  const project = gcProject(t)
  const [locked, unused] = [resultOf('locked'), resultOf('unused')]
  const paths = [locked, unused].map((one) => project.store(one)) as [string, string]
  project.lock([locked])
  const left = project.put(temporaryOf(project.paths.pdf), 'x'.repeat(2_000_000))
  const data = project.put(
    // Jobs do not get XDG_CACHE_HOME.
    join(cacheFolder({ env: { HOME: homeOf(project) } }), 'prepared/x.data'),
    'data',
  )
  return { project, paths, left, data }
}

describe('weft gc', () => {
  it('should list what nothing uses, and remove nothing', async (t) => {
    const { project, paths, left, data } = filled(t)
    const { code, stdout } = await gc(project)
    assert.equal(code, 0)
    assert.equal(
      stdout.replace(/\d\.\d+ MB/g, 'N MB'),
      `  results    1 file, N MB: results that no lock and no last build names
  leftovers  1 file, N MB: leftovers of builds that were ended
  data       1 file, N MB: prepared data of past code
  kept       1 result: 1 named by a lock, 0 by a last build, 0 used within 30 days
  unused     3 files, N MB: \`weft gc --remove\` removes them
`,
    )
    assert.match(stdout, /leftovers {2}1 file, 2\.0 MB/)
    assert.deepEqual([...paths, left, data].map(existsSync), [true, true, true, true])
  })

  it('should remove it with --remove, and then find nothing', async (t) => {
    const { project, paths, left, data } = filled(t)
    const { code, stdout } = await gc(project, '--remove')
    assert.equal(code, 0)
    assert.match(stdout, /removed {4}3 files, 2\.0 MB\n$/)
    assert.deepEqual([...paths, left, data].map(existsSync), [true, false, false, false])
    assert.match((await gc(project)).stdout, /unused {5}0 files, 0\.0 MB\n$/)
  })

  it('should keep what was used within --days', async (t) => {
    const { project } = filled(t)
    assert.match((await gc(project, '--days', '101')).stdout, /unused {5}1 file, 2\.0 MB/)
    assert.match(
      (await gc(project, '--days', 'x')).stderr,
      /Unexpected --days `x`, expected a whole number from 0/,
    )
  })

  it('should find browsers of other versions, but not where others may write', async (t) => {
    const { project } = filled(t)
    const folder = join(dirname(project.paths.source), 'user cache/weft')
    const browser = join(folder, 'chromium-1.0.0-1')
    project.put(join(browser, 'chrome'), 'x')
    const browsers = async () => {
      const { files } = JSON.parse((await gc(project, '--json', '--days', '0')).stdout)
      return files.flatMap((one: { kind: string; path: string }) => (one.kind === 'browsers' ? one.path : []))
    }
    assert.deepEqual(await browsers(), [browser])
    chmodSync(folder, 0o777)
    assert.deepEqual(await browsers(), [])
  })

  it('should write JSON', async (t) => {
    const { project, paths } = filled(t)
    const parsed = JSON.parse((await gc(project, '--json', '--remove')).stdout)
    assert.deepEqual(parsed.kept, { locked: 1, lastBuilds: 0, recent: 0 })
    const [first] = parsed.files
    assert.deepEqual([first.kind, first.path, first.removed], ['results', paths[1], true])
    assert.deepEqual([parsed.files.length, parsed.days, parsed.running, parsed.failed], [3, 30, [], []])
    assert.ok(parsed.bytes > 2_000_000)
  })

  it('should keep the results while a build runs, and say so', async (t) => {
    const { project, paths } = filled(t)
    const end = noteRunning(project.paths.cache)
    t.after(end)
    const { stdout } = await gc(project, '--remove')
    assert.match(
      stdout,
      new RegExp(`running {4}a build since .* \\(process ${process.pid} on .*\\): its results and code stay`),
    )
    assert.equal(existsSync(paths[1]), true)
  })

  it('should remove nothing if a lock cannot be read', async (t) => {
    const { project, paths } = filled(t)
    project.put(project.paths.lock, '{')
    const { code, stderr } = await gc(project, '--remove')
    assert.equal(code, 1)
    assert.match(stderr, /Cannot read .*report\.lock\.json/)
    assert.equal(existsSync(paths[1]), true)
  })
})
