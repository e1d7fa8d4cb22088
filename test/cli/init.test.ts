import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { PassThrough } from 'node:stream'
import test from 'node:test'
import { runInit } from '../../src/cli/init.ts'
import { temporaryProject } from '../render/execute/temporary-project.ts'
import { home } from '../tool-copy.ts'
import { weftHere } from './weft-here.ts'

const { devDependencies } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1))
    .sort()
}

test('weft init should write a project that is pinned to this version, and say how to go on', async (t) => {
  const folder = temporaryProject(t, {})
  const { code, stdout, stderr } = await weftHere(folder, ['init', 'My report'])
  assert.deepEqual([code, stderr], [0, ''])
  assert.equal(
    stdout,
    '  wrote      12 files of the report `study` to My report\n\nNext:\n  cd "My report" && npm install\n  npx weft preview\n',
  )
  assert.deepEqual(filesOf(join(folder, 'My report')), [
    '.github/workflows/report.yml',
    '.gitignore',
    '.vscode/settings.json',
    'data/anscombe.csv',
    'package.json',
    'quartet.md',
    'references.bib',
    'report.md',
    'resampling.md',
    'src/resampling.ts',
    'src/summary.ts',
    'tsconfig.json',
  ])
  const manifest = JSON.parse(readFileSync(join(folder, 'My report/package.json'), 'utf8'))
  assert.equal(manifest.name, 'my-report')
  assert.deepEqual(manifest.dependencies, {
    weft: `file:${relative(join(folder, 'My report'), home)}`.replace(/\/$/, ''),
    zod: devDependencies.zod,
  })
  assert.match(readFileSync(join(folder, 'My report/.github/workflows/report.yml'), 'utf8'), /check --github/)
})

test('weft init should date the report', (t) => {
  const folder = temporaryProject(t, {})
  const stdout = new PassThrough()
  const output = { stdout, stderr: process.stderr }
  const status = runInit(['--template=minimal', folder], output, new Date('2031-02-03T10:00:00Z'))
  assert.equal(status, 0)
  assert.match(readFileSync(join(folder, 'report.md'), 'utf8'), /^date: 2031-02-03$/m)
})

test('weft init should replace nothing', async (t) => {
  const folder = temporaryProject(t, { 'report.md': 'Mine.', 'data/rain.csv': 'mine', 'package.json': '{}' })
  const { code, stderr } = await weftHere(folder, ['init', '--template', 'minimal'])
  assert.equal(code, 1)
  assert.equal(
    stderr,
    'weft: Cannot write a report into this folder, found data/rain.csv and 1 more of its files there, expected a folder without them: `weft init FOLDER`\n',
  )
  assert.deepEqual(filesOf(folder), ['data/rain.csv', 'package.json', 'report.md'])
})

test('weft init should leave what a project has already, and say so', async (t) => {
  const mine = { 'package.json': '{ "name": "mine", "dependencies": { "weft": "1" } }', '.gitignore': 'mine' }
  const folder = temporaryProject(t, mine)
  const { code, stdout } = await weftHere(folder, ['init', '.', '--template=minimal'])
  assert.equal(code, 0)
  assert.match(
    stdout,
    /wrote {6}5 files of the report `minimal` to \.\n {2}kept {7}\S+, \S+: already there\n/,
  )
  assert.match(stdout, /Next:\n {2}npm install typescript@\d\S+\n {2}npx weft preview\n/)
  for (const [name, text] of Object.entries(mine))
    assert.equal(readFileSync(join(folder, name), 'utf8'), text)
})

test('weft init should write nothing beside a package.json that it cannot read', async (t) => {
  for (const [text, reason] of [
    ['{ bad', 'expected JSON: '],
    ['null', 'expected a JSON object\n'],
  ] as const) {
    const folder = temporaryProject(t, { 'package.json': text })
    const { code, stderr } = await weftHere(folder, ['init'])
    assert.equal(code, 1)
    assert.ok(stderr.startsWith(`weft: Cannot read ${join(folder, 'package.json')}, ${reason}`), stderr)
    assert.deepEqual(filesOf(folder), ['package.json'])
  }
})

test('weft init should say why it cannot write', async (t) => {
  const folder = temporaryProject(t, { file: '' })
  const { code, stderr } = await weftHere(folder, ['init', 'file/demo'])
  assert.equal(code, 1)
  assert.equal(
    stderr,
    'weft: Cannot write a report into file/demo, expected a folder in its path, found a file\n',
  )
})

test('weft init should name the templates, and refuse what it does not know', async (t) => {
  const folder = temporaryProject(t, {})
  const help = await weftHere(folder, ['init', '--help'])
  assert.match(help.stdout, /study .*\(default\)\n {2}paper .*\n {2}minimal /)
  const wrong = await weftHere(folder, ['init', '--template', 'studdy'])
  assert.match(wrong.stderr, /Unexpected --template `studdy`, expected study, .*did you mean `study`\?/)
  const two = await weftHere(folder, ['init', 'a', 'b'])
  assert.equal(two.stderr, 'weft: Unexpected b, expected one folder\n')
  assert.equal(existsSync(join(folder, 'a')), false)
})

test('the minimal report should build without a message', async (t) => {
  const folder = temporaryProject(t, {})
  await weftHere(folder, ['init', '--template', 'minimal'])
  const { code, stderr } = await weftHere(folder, ['build', '--strict'])
  assert.equal(code, 0, stderr)
  assert.doesNotMatch(stderr, /warning|error/)
  assert.match(readFileSync(join(folder, 'dist/report.html'), 'utf8'), />26\.2<\/[^>]*> mm/)
})
