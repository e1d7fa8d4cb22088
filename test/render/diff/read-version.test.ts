import assert from 'node:assert/strict'
import { join } from 'node:path'
import test from 'node:test'
import type { VersionFiles } from '../../../src/render/diff/files/version-files.ts'
import { readVersion } from '../../../src/render/diff/read-version.ts'
import { pathsOf } from '../../../src/render/model/paths.ts'
import { reportOf, temporaryProject } from '../execute/temporary-project.ts'

const shown = { file: 'report-src/a.md', kind: 'value', source: '1 + 1', text: '2' }

function filesOf(texts: Record<string, string>): VersionFiles {
  const all = new Map(Object.entries(texts).map(([path, text]) => [path, new TextEncoder().encode(text)]))
  return {
    name: 'old',
    detail: '',
    paths: new Set(all.keys()),
    read: (paths) =>
      new Map(paths.flatMap((path) => (all.has(path) ? [[path, all.get(path)!] as const] : []))),
  }
}

function hereIn(t: Parameters<typeof temporaryProject>[0]) {
  const root = temporaryProject(t, { 'report-src/report.md': reportOf('') })
  return {
    paths: pathsOf(join(root, 'report-src/report.md')),
    wanted: 'report-src/report.md',
    profile: undefined,
  }
}

test('readVersion should read a lock of the first format, which names values alone', (t) => {
  const lock = { format: 1, profiles: { full: { cells: {}, jobs: {}, figures: [], shown: [shown] } } }
  const report = reportOf('\n', { chapters: ['a.md'] })
  const version = readVersion(
    filesOf({
      'report-src/report.md': report,
      'report-src/a.md': 'It is `{ts} 1 + 1`.\n',
      'report-src/report.lock.json': JSON.stringify(lock),
      'package.json': '{}',
      'package-lock.json': JSON.stringify({ packages: { 'node_modules/zod': { version: '4.0.0' }, '': {} } }),
    }),
    hereIn(t),
  )
  assert.deepEqual(version.locked.shown, [{ ...shown, read: {}, printed: [] }])
  assert.equal(version.tree?.expressions[0]?.source, '1 + 1')
  assert.deepEqual([...version.packages], [['zod', '4.0.0']])
  assert.deepEqual(version.notes, [])
})

test('readVersion should go on where chapters cannot be read, and find a report in another folder', (t) => {
  const lock = {
    format: 2,
    profiles: { quick: profile([{ ...shown, file: 'docs/a.md', read: {}, printed: [] }]) },
  }
  const version = readVersion(
    filesOf({
      'x/package.json': '{}',
      'x/docs/report.md': '---\nno: [yaml\n---\n',
      'x/docs/report.lock.json': JSON.stringify(lock),
    }),
    hereIn(t),
  )
  assert.equal(version.locked.shown[0]!.file, 'report-src/a.md')
  assert.equal(version.tree, undefined)
  assert.match(
    version.notes.join('\n'),
    /The chapters of old cannot be read \(.+\): its numbers have no sentences/,
  )
  assert.match(version.notes.join('\n'), /old was accepted with --lock-only/)
})

test('readVersion should say what is missing or wrong', (t) => {
  const here = hereIn(t)
  const read = (texts: Record<string, string>) => () => readVersion(filesOf(texts), here)
  assert.throws(
    read({ 'a.txt': '' }),
    /Cannot find report-src\/report\.md in old, expected the report there$/,
  )
  assert.throws(
    read({ 'b/paper.md': '', 'b/paper.lock.json': '' }),
    /expected the report there, found b\/paper\.md/,
  )
  const at = (lock: string) => ({ 'report-src/report.md': reportOf(''), 'report-src/report.lock.json': lock })
  assert.throws(read(at('{')), /Cannot read report-src\/report\.lock\.json of old, /)
  assert.throws(read(at('{"format": 9}')), /Cannot read report-src\/report\.lock\.json of old, .*format/)
  assert.throws(
    read(at('{"format": 3, "profiles": {}}')),
    /the profile `full`, old has no accepted numbers of it$/,
  )
})

function profile(list: readonly object[]) {
  const none = { cells: {}, jobs: {}, figures: [], tables: {}, drawings: {}, environments: [] }
  return { ...none, shown: list, kept: false }
}
