import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { openResultStore, serialize } from '../../../src/render/cache/result-store.ts'
import { sha256 } from '../../../src/render/model/digest.ts'
import { acceptedKeys, readLock } from '../../../src/render/model/lock.ts'
import { pathsOf } from '../../../src/render/model/paths.ts'
import type { Drawn } from '../../../src/render/model/types.ts'
import { accept } from '../../../src/render/results/accept.ts'
import { usedBy } from '../../../src/render/results/used.ts'
import { buildProject } from '../execute/build-project.ts'
import { cell, reportOf, temporaryProject, values, writeFiles } from '../execute/temporary-project.ts'

/** Builds a project and gives what `accept` would keep, with figures of the given names. */
async function built(root: string, figures: readonly string[] = []) {
  const project = await buildProject(root)
  assert.deepEqual(project.said, [])
  const drawn = figures.map((id): Drawn => ({ id, spec: {}, svg: `<svg>${id}</svg>` }))
  for (const { id, svg } of drawn)
    writeFiles(root, { [`dist/figures/${id}.svg`]: svg, [`dist/figures/${id}.vl.json`]: '{}' })
  const kept = join(root, 'dist/.cache/freeze')
  const store = openResultStore({ layers: [kept], writeTo: kept, onDamaged: (path) => assert.fail(path) })
  return usedBy(project, drawn, store)
}

const files = (n: number) => ({
  'e.ts':
    "import { defineExperiment } from 'weft/experiment'\nexport const e = defineExperiment({ name: 'e', params: { parse: (value: unknown) => value as { x: number } }, run: ({ x }) => x })\n",
  'report.md': reportOf(
    cell('a', `export const a = ${n}`) +
      cell(
        'b',
        "import { run } from 'weft/experiment'",
        "import { e } from './e.ts'",
        'export const b = (await run(e, { x: a })).result',
      ) +
      values('b + 1') +
      ':claim[x]{that="b > 0"}\n',
  ),
})

test('accept should keep what a report uses, with the results of jobs, and nothing else', async (t) => {
  const root = temporaryProject(t, files(1))
  const paths = pathsOf(join(root, 'report.md'))
  const done = accept(paths, 'full', await built(root, ['fig-a']), true)
  assert.deepEqual(done, { results: 3, removed: 0, figures: 1 })
  assert.equal(readdirSync(paths.freeze).length, 3)
  assert.deepEqual(readdirSync(paths.figures).sort(), ['fig-a.svg', 'fig-a.vl.json'])
  const { full } = readLock(paths.lock).profiles
  assert.deepEqual(Object.keys(full!.cells), ['a', 'b'])
  assert.deepEqual(Object.values(full!.jobs), ['e seed 1'])
  assert.deepEqual(
    full!.shown.map(({ file, kind, text, read }) => [file, kind, text, read]),
    [
      ['report.md', 'value', '2', { b: 1 }],
      ['report.md', 'claim', 'true', { b: 1 }],
    ],
  )
  assert.deepEqual(
    new Set(readdirSync(paths.freeze)),
    new Set([...acceptedKeys(readLock(paths.lock))].map((key) => `${key}.json`)),
  )

  const before = readFileSync(paths.lock, 'utf8')
  assert.equal(accept(paths, 'full', await built(root, ['fig-a']), true).removed, 0)
  assert.equal(readFileSync(paths.lock, 'utf8'), before, 'accepting again changes nothing')

  writeFiles(root, files(2))
  const used = await built(root, ['fig-b'])
  assert.deepEqual(accept(paths, 'full', used, true), { results: 3, removed: 3, figures: 1 })
  assert.deepEqual(readdirSync(paths.figures).sort(), ['fig-b.svg', 'fig-b.vl.json'])
  assert.equal(readdirSync(paths.freeze).length, 3)
})

test('accept should keep what another profile has accepted, and leave its figures', async (t) => {
  const root = temporaryProject(t, files(1))
  const paths = pathsOf(join(root, 'report.md'))
  accept(paths, 'full', await built(root, ['fig-a']), true)
  const full = readLock(paths.lock).profiles.full
  writeFiles(root, files(2))
  assert.equal(accept(paths, 'quick', await built(root, ['fig-q']), false).removed, 0)
  assert.equal(readdirSync(paths.freeze).length, 6)
  assert.deepEqual(readdirSync(paths.figures).sort(), ['fig-a.svg', 'fig-a.vl.json'])
  assert.deepEqual(readLock(paths.lock).profiles.full, full)
  assert.deepEqual(Object.keys(readLock(paths.lock).profiles), ['full', 'quick'])
})

test('accept should write only the numbers if results are not kept, and remove earlier results', async (t) => {
  const root = temporaryProject(t, files(1))
  const paths = pathsOf(join(root, 'report.md'))
  const used = await built(root, ['fig-a'])
  assert.deepEqual(accept(paths, 'full', used, true, false), { results: 0, removed: 0, figures: 0 })
  assert.equal(existsSync(paths.freeze), false)
  const { kept, shown, jobs } = readLock(paths.lock).profiles.full!
  assert.deepEqual([kept, shown.length, Object.keys(jobs).length], [false, 2, 1])
  accept(paths, 'full', used, true)
  assert.equal(readdirSync(paths.freeze).length, 3)
  assert.equal(accept(paths, 'quick', used, false, false).removed, 0, 'the full profile keeps them')
  assert.equal(accept(paths, 'full', used, true, false).removed, 3)
  assert.deepEqual(readdirSync(paths.freeze), [])
})

test('readLock should give an empty lock if there is none, and say what is wrong with a broken one', (t) => {
  const root = temporaryProject(t, {})
  const path = join(root, 'report.lock.json')
  assert.deepEqual(readLock(path), { format: 3, profiles: {} })
  assert.equal(existsSync(path), false)
  const wrong = [
    '',
    '{',
    'null',
    '{"format":4,"profiles":{}}',
    '{"format":3}',
    '{"format":2}',
    '{"format":2,"profiles":{"full":{"cells":[]}}}',
    '{"format":3,"profiles":{},"more":1}',
    '{"format":2,"profiles":{},"more":1}',
  ]
  for (const text of wrong) {
    writeFileSync(path, text)
    assert.throws(
      () => readLock(path),
      /^Error: Cannot read .*report\.lock\.json, .+\. Restore it, or remove it and accept each profile again/,
      text,
    )
  }
})

test('readLock should read a lock of format 2, whose values have no ids, and accept should add the ids', async (t) => {
  const root = temporaryProject(t, files(1))
  const paths = pathsOf(join(root, 'report.md'))
  accept(paths, 'quick', await built(root), false)
  const withIds = readFileSync(paths.lock, 'utf8')
  const without = withIds.replace('"format": 3', '"format": 2').replace(/^ *"id": .*\n/gm, '')
  assert.equal(withIds.length - without.length > 40, true)
  writeFileSync(paths.lock, without)
  const { format, profiles } = readLock(paths.lock)
  assert.equal(format, 3)
  assert.deepEqual(
    profiles.quick!.shown.map(({ id, text }) => [id, text]),
    [
      [undefined, '2'],
      [undefined, 'true'],
    ],
  )
  accept(paths, 'full', await built(root), true)
  const { full, quick } = readLock(paths.lock).profiles
  assert.deepEqual(quick, profiles.quick)
  assert.deepEqual(
    full!.shown.map(({ id }) => id),
    ['report.md//v-d36a7dca', 'report.md//c-8d53f886'],
  )
})

test('pathsOf should put the files of a report in report-src beside that folder, of any other into its own', () => {
  const inner = pathsOf('/x/report-src/report.md')
  assert.deepEqual(
    [inner.freeze, inner.lock, inner.figures, inner.dist, inner.pdf],
    ['/x/report-src/freeze', '/x/report-src/report.lock.json', '/x/figures', '/x/dist', '/x/dist/report.pdf'],
  )
  const plain = pathsOf('/x/y/notes.md', '/out')
  assert.deepEqual(
    [plain.freeze, plain.lock, plain.figures, plain.html, plain.cache],
    ['/x/y/freeze', '/x/y/notes.lock.json', '/x/y/figures', '/out/notes.html', '/out/.cache'],
  )
})

test('accept should lock the digest of every file for all profiles that keep it, and none without results', async (t) => {
  const root = temporaryProject(t, files(1))
  const paths = pathsOf(join(root, 'report.md'))
  const used = await built(root)
  accept(paths, 'full', used, true)
  const digestsIn = (lock: string, name: string) => readLock(lock).profiles[name]!.seals
  const ofFiles = () =>
    Object.fromEntries(
      readdirSync(paths.freeze).map((name) => [
        name.replace('.json', ''),
        sha256(readFileSync(join(paths.freeze, name))).slice(0, 16),
      ]),
    )
  const first = ofFiles()
  assert.deepEqual(digestsIn(paths.lock, 'full'), first)
  assert.deepEqual(Object.keys(digestsIn(paths.lock, 'full')), Object.keys(first).sort())
  const beside = join(root, 'other.lock.json')
  writeFileSync(beside, readFileSync(paths.lock))

  // The results as if they were computed again on another day.
  const again = used.stored.map((one) => ({
    ...one,
    provenance: { ...one.provenance, computedAt: '2026-01-01T00:00:00.000Z' },
  }))
  accept(paths, 'quick', { ...used, stored: again }, false)
  assert.notDeepEqual(ofFiles(), first)
  assert.equal(readFileSync(join(paths.freeze, `${again[0]!.key}.json`), 'utf8'), serialize(again[0]!))
  for (const name of ['full', 'quick']) assert.deepEqual(digestsIn(paths.lock, name), ofFiles(), name)
  assert.deepEqual(digestsIn(beside, 'full'), ofFiles(), 'another report of the folder')

  accept(paths, 'quick', used, false, false)
  assert.deepEqual(digestsIn(paths.lock, 'quick'), {})
  assert.deepEqual(digestsIn(paths.lock, 'full'), ofFiles())
})
