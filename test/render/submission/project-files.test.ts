import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import test from 'node:test'
import { listProjectFiles } from '../../../src/render/submission/project-files.ts'
import { temporaryProject } from '../execute/temporary-project.ts'

const files = {
  'report.md': 'x',
  '.gitignore': 'dist/\n*.log\n/local.txt\n',
  'a.log': 'x',
  'dist/report.pdf': 'x',
  'local.txt': 'x',
  'src/local.txt': 'x',
  'src/.gitignore': '*.tmp\n!kept.log\n',
  'src/a.tmp': 'x',
  'src/kept.log': 'x',
  'a.tmp': 'x',
  'node_modules/tiny/index.js': 'x',
}
const wanted = [
  '.gitignore',
  'a.tmp',
  'package.json',
  'report.md',
  'src/.gitignore',
  'src/kept.log',
  'src/local.txt',
]

const git = (root: string, ...args: string[]) =>
  execFileSync('git', ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], {
    stdio: 'ignore',
  })

test('listProjectFiles should follow .gitignore files without git', (t) => {
  const root = temporaryProject(t, files)
  assert.deepEqual(listProjectFiles(root, 'report.md'), { files: wanted, ignored: [] })
})

test('listProjectFiles should ask git, and tell of tracked files that it ignores', (t) => {
  const root = temporaryProject(t, files)
  git(root, 'init', '-q')
  git(root, 'add', '-f', 'a.log', 'report.md')
  assert.deepEqual(listProjectFiles(root, 'report.md'), {
    files: ['.gitignore', 'a.log', ...wanted.slice(1)],
    ignored: ['a.log'],
  })
})

test('listProjectFiles should list a folder that an outer repository ignores', (t) => {
  const root = temporaryProject(t, { '.gitignore': 'inner/\n', 'inner/report.md': 'x', 'inner/b.ts': 'x' })
  git(root, 'init', '-q')
  assert.deepEqual(listProjectFiles(`${root}/inner`, 'report.md').files, ['b.ts', 'report.md'])
})
