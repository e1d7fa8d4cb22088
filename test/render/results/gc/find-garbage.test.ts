import assert from 'node:assert/strict'
import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import test from 'node:test'
import { noteRunning } from '../../../../src/render/cache/running.ts'
import { newBatch, writeBatch } from '../../../../src/render/execute/executors/batches.ts'
import { programName } from '../../../../src/render/execute/write-program.ts'
import { digestOf } from '../../../../src/render/model/digest.ts'
import { temporaryOf } from '../../../../src/render/model/write-atomic.ts'
import { findGarbage } from '../../../../src/render/results/gc/find-garbage.ts'
import { removeGarbage } from '../../../../src/render/results/gc/remove-garbage.ts'
import { type GcProject, gcProject, resultOf } from './gc-project.ts'

const found = ({ paths }: GcProject, days = 30) =>
  findGarbage(paths, days)
    .garbage.map(({ kind, path }) => `${kind} ${path.slice(dirname(paths.source).length + 1)}`)
    .sort()

test('findGarbage should keep what a lock or a last build names, with its jobs, and what was used lately', (t) => {
  const project = gcProject(t)
  const [job, other] = [resultOf('job'), resultOf('other job')]
  const [locked, quick, beside] = [resultOf('locked', [job.key]), resultOf('quick'), resultOf('beside')]
  const [last, unused, young] = [resultOf('last', [other.key]), resultOf('unused'), resultOf('young')]
  for (const one of [job, other, locked, quick, beside, last, unused]) project.store(one)
  project.store(young, 29)
  project.lock([locked])
  project.lock([beside], { name: 'another', kept: false })
  project.last([quick], 'quick')
  project.last([last])
  assert.deepEqual(found(project), [`results dist/.cache/freeze/${unused.key}.json`])
  assert.deepEqual(
    found(project, 29),
    [unused, young].map(({ key }) => `results dist/.cache/freeze/${key}.json`).sort(),
  )
  const { kept, garbage } = findGarbage(project.paths, 30)
  assert.deepEqual(kept, { locked: 3, lastBuilds: 3, recent: 1 })
  assert.ok(garbage[0]!.bytes > 100)
})

test('findGarbage should find what a killed accept left among the accepted results', (t) => {
  const project = gcProject(t)
  const [locked, left] = [resultOf('locked'), resultOf('left')]
  for (const one of [locked, left]) project.store(one, 100, project.paths.freeze)
  project.lock([locked])
  // A last build finds it in the cache, or computes it again.
  project.last([left])
  assert.deepEqual(found(project), [`results freeze/${left.key}.json`])
})

test('findGarbage should throw if a lock cannot be read, since nobody knows then what it names', (t) => {
  const project = gcProject(t)
  project.store(resultOf('unused'))
  project.put(join(dirname(project.paths.source), 'another.lock.json'), '<<<<<<< HEAD')
  assert.throws(() => findGarbage(project.paths, 30), /Cannot read .*another\.lock\.json, /)
})

test('findGarbage should find code of past runs that no stored result has', (t) => {
  const project = gcProject(t)
  const { cache } = project.paths
  const stored = resultOf('stored')
  project.store(stored)
  project.lock([stored])
  const [kept, old, young] = [stored.parts.bundle!, digestOf('old'), digestOf('young')].map(programName)
  for (const name of [kept, old])
    for (const each of [name!, `${name}.map`]) project.put(join(cache, 'run', each), '')
  project.put(join(cache, 'run', young!), '', 1)
  project.put(join(cache, 'run/node_modules/link'), '')
  project.put(join(cache, `jobs/${digestOf(1)}.json`), '')
  project.put(join(cache, `jobs/code/${digestOf(2)}.json`), '')
  assert.deepEqual(found(project), [
    `code dist/.cache/jobs/${digestOf(1)}.json`,
    `code dist/.cache/jobs/code/${digestOf(2)}.json`,
    `code dist/.cache/run/${old}`,
    `code dist/.cache/run/${old}.map`,
  ])
})

test('findGarbage should keep what a task of a cluster may still need or bring, for a month', (t) => {
  const project = gcProject(t)
  const { cache } = project.paths
  const [done, open, other] = [resultOf('done'), resultOf('open'), resultOf('other')]
  project.store(done)
  for (const { key, parts } of [done, open, other]) {
    project.put(join(cache, `jobs/code/${parts.bundle}.json`), '{}')
    project.put(join(cache, `jobs/${key}.json`), JSON.stringify({ format: 1, key, parts }))
  }
  const batch = newBatch(join(cache, 'slurm'), [[done.key, open.key]], false)
  writeBatch(batch)
  const unused = (one: typeof done) => [
    `code dist/.cache/jobs/${one.key}.json`,
    `code dist/.cache/jobs/code/${one.parts.bundle}.json`,
  ]
  assert.deepEqual(found(project, 0), [...unused(done), ...unused(other)].sort())
  assert.equal(findGarbage(project.paths, 0).kept.lastBuilds, 1, 'the next build on the cluster wants it')
  const monthAgo = (Date.now() - 31 * 86_400_000) / 1000
  for (const name of readdirSync(batch.folder)) utimesSync(join(batch.folder, name), monthAgo, monthAgo)
  utimesSync(batch.folder, monthAgo, monthAgo)
  const all = [...[done, open, other].flatMap(unused), `results dist/.cache/freeze/${done.key}.json`]
  assert.deepEqual(found(project, 0), all.sort())
})

test('findGarbage should find caches of reports that are gone, damaged files and leftovers', (t) => {
  const project = gcProject(t)
  const { cache, dist, freeze } = project.paths
  for (const name of [
    'bundles-report-full.json',
    'types-report.json',
    'types-report.json.running',
    'types-gone.json.running',
    'markup-gone-full.json',
    'parsed-report.json',
    'parsed-gone.json',
    'last/gone.full.json',
  ])
    project.put(join(cache, name), '{}')
  project.put(join(cache, 'unknown.json'), '{}')
  project.put(join(cache, 'freeze/x.json.aside-2/precious'), 'x')
  project.put(join(cache, 'bundles-report-full.json.aside'), 'x', 1)
  project.put(temporaryOf(join(dist, 'report.pdf')), 'x', 1)
  project.put(temporaryOf(join(cache, 'run/node_modules/@scope/link')), 'x', 1)
  project.put(temporaryOf(join(freeze, 'x.json')), 'x', 0)
  project.put(join(cache, 'running/broken.json'), '{', 0)
  const all = found(project).map((line) => line.replace(/\d+-[0-9a-f]{16}/, 'N'))
  assert.deepEqual(all, [
    'caches dist/.cache/last/gone.full.json',
    'caches dist/.cache/markup-gone-full.json',
    'caches dist/.cache/parsed-gone.json',
    'caches dist/.cache/types-gone.json.running',
    'leftovers dist/.cache/run/node_modules/@scope/link.N.tmp',
    'leftovers dist/.cache/running/broken.json',
    'leftovers dist/report.pdf.N.tmp',
  ])
  assert.deepEqual(
    found(project, 0).filter((line) => line.startsWith('aside')),
    ['aside dist/.cache/bundles-report-full.json.aside', 'aside dist/.cache/freeze/x.json.aside-2'],
  )
})

test('findGarbage should find folders of a cluster that are no batch, and leave the batches', (t) => {
  const project = gcProject(t)
  const slurm = join(project.paths.cache, 'slurm')
  project.put(join(slurm, 'batch/batch.json'), '{}')
  for (const name of ['left', 'young']) project.put(join(slurm, name, 'x.json'), '{}')
  utimesSync(join(slurm, 'left'), 0, 0)
  assert.deepEqual(found(project), ['leftovers dist/.cache/slurm/left'])
})

test('while a build runs, findGarbage should leave all results and code', (t) => {
  const project = gcProject(t)
  const { cache } = project.paths
  project.store(resultOf('unused'))
  project.put(join(cache, 'run', programName(digestOf('old'))), '')
  const end = noteRunning(cache)
  assert.deepEqual(found(project), [])
  assert.deepEqual(
    findGarbage(project.paths, 30).running.map(({ pid }) => pid),
    [process.pid],
  )
  end()
  assert.equal(found(project).length, 2)
  assert.deepEqual(findGarbage(project.paths, 30).running, [])
})

test('findGarbage should find nothing where nothing was built', (t) => {
  const project = gcProject(t)
  assert.deepEqual([found(project), existsSync(project.paths.dist)], [[], false])
})

test('removeGarbage should leave what was used since it was found, and what a build may need that has begun', (t) => {
  const project = gcProject(t)
  const paths = ['unused', 'used', 'other'].map((label) => project.store(resultOf(label)))
  const { garbage } = findGarbage(project.paths, 30)
  assert.equal(garbage.length, 3)
  writeFileSync(paths[1]!, 'used')
  assert.deepEqual(
    removeGarbage(garbage, () => true),
    { gone: [], failed: [] },
  )
  const { gone, failed } = removeGarbage(garbage, () => false)
  assert.deepEqual([gone.map(({ path }) => path).sort(), failed], [[paths[0], paths[2]].sort(), []])
  assert.deepEqual(paths.map(existsSync), [false, true, false])
})
