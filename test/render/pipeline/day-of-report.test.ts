import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { utimesSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { dayOfReport } from '../../../src/render/pipeline/day-of-report.ts'
import { readReport } from '../../../src/render/syntax/read-report.ts'
import { reportOf, temporaryProject, writeFiles } from '../execute/temporary-project.ts'

const env = {}
const asking = { env, mayAskGit: true }

function projectOf(t: Parameters<typeof temporaryProject>[0], date: string) {
  const files = {
    'report.md': reportOf('Text.\n', { date, chapters: ['a.md'], css: 'a.css' }),
    'a.md': '',
    'a.css': '',
  }
  const root = temporaryProject(t, files)
  return { root, read: () => readReport(join(root, 'report.md'), undefined) }
}

test('dayOfReport should give the day that is named', (t) => {
  const { read } = projectOf(t, '2026-11-30')
  assert.equal(dayOfReport(read(), { env: { SOURCE_DATE_EPOCH: '0' }, mayAskGit: true }), '2026-11-30')
})

test('dayOfReport should give today, or the day of SOURCE_DATE_EPOCH', (t) => {
  const { read } = projectOf(t, 'today')
  const before = new Date().toLocaleDateString('sv')
  const found = dayOfReport(read(), asking)
  assert.ok([before, new Date().toLocaleDateString('sv')].includes(found!), found)
  const dated = { env: { SOURCE_DATE_EPOCH: '86400' }, mayAskGit: true }
  assert.equal(dayOfReport(read(), dated), '1970-01-02')
  assert.equal(dayOfReport(projectOf(t, 'last-modified').read(), dated), '1970-01-02')
})

test('dayOfReport should give the day of the last commit, or of the newest file', (t) => {
  const { root, read } = projectOf(t, 'last-modified')
  const noon = new Date('2026-03-04T12:00:00')
  for (const name of ['report.md', 'a.md', 'a.css']) utimesSync(join(root, name), noon, noon)
  assert.equal(dayOfReport(read(), asking), '2026-03-04')
  const git = (...args: string[]) => {
    const date = '2026-02-03T12:00:00+00:00'
    const { status, stderr } = spawnSync('git', ['-C', root, ...args], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: root, GIT_COMMITTER_DATE: date, GIT_AUTHOR_DATE: date },
    })
    assert.equal(status, 0, stderr)
  }
  git('init', '-q')
  git('add', '.')
  git('-c', 'user.name=A', '-c', 'user.email=a@b.org', 'commit', '-qm', 'All')
  assert.equal(dayOfReport(read(), asking), '2026-02-03')
  assert.equal(dayOfReport(read(), { env, mayAskGit: false }), '2026-03-04')
  writeFiles(root, { 'a.css': 'a{}' })
  const later = new Date('2026-04-05T12:00:00')
  utimesSync(join(root, 'a.css'), later, later)
  assert.equal(dayOfReport(read(), asking), '2026-04-05')
})
