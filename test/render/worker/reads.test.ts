import assert from 'node:assert/strict'
import { readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join, relative } from 'node:path'
import test, { after, before, describe, it } from 'node:test'
import { basesOf, placeOfPath } from '../../../src/render/cache/reads.ts'
import { sha256 } from '../../../src/render/model/digest.ts'
import type { Reads } from '../../../src/render/model/types.ts'
import type { BuildOptions, Built } from '../execute/build-project.ts'
import { buildProject } from '../execute/build-project.ts'
import type { Files } from '../execute/temporary-project.ts'
import { cell, reportOf, temporaryProject, writeFiles } from '../execute/temporary-project.ts'

const fs = "import fs from 'node:fs'"
const one = sha256('1\n')
const file: Files = { 'data/a.csv': '1\n' }

interface Reading {
  readonly lines: readonly string[]
  readonly files?: Files
  readonly reads: Reads
  /** What may change and must not run it again. */
  readonly idle?: Files
  /** What must. */
  readonly change?: Files
}

const readings: Record<string, Reading> = {
  'by readFileSync': {
    lines: [fs, "export default fs.readFileSync('data/a.csv', 'utf8')"],
    reads: { 'data/a.csv': one },
    idle: { 'data/b.csv': '2\n' },
  },
  'by a name imported from node:fs': {
    lines: ["import { readFileSync } from 'fs'", "export default String(readFileSync('data/a.csv'))"],
    reads: { 'data/a.csv': one },
  },
  'by a callback': {
    lines: [
      fs,
      "export default await new Promise((done) => fs.readFile('data/a.csv', 'utf8', (_, text) => done(text)))",
    ],
    reads: { 'data/a.csv': one },
  },
  'by node:fs/promises, at a URL': {
    lines: [
      "import { readFile } from 'node:fs/promises'",
      "export default await readFile(new URL('./data/a.csv', import.meta.url), 'utf8')",
    ],
    reads: { 'data/a.csv': one },
  },
  'by a stream': {
    lines: [
      fs,
      "let text = ''",
      "for await (const piece of fs.createReadStream('data/a.csv')) text += piece",
      'export default text',
    ],
    reads: { 'data/a.csv': one },
  },
  'by an open file': {
    lines: [
      "import { open } from 'node:fs/promises'",
      "const opened = await open('data/a.csv')",
      "export const text = await opened.readFile('utf8')",
      'await opened.close()',
    ],
    reads: { 'data/a.csv': one },
  },
  'in pieces': {
    lines: [
      fs,
      "const opened = fs.openSync('data/a.csv', fs.constants.O_RDONLY)",
      'const bytes = new Uint8Array(1)',
      'fs.readSync(opened, bytes)',
      'fs.closeSync(opened)',
      'export default bytes[0]!',
    ],
    reads: { 'data/a.csv': one },
  },
  'by its size': {
    lines: [fs, "export default fs.statSync('data/a.csv').size"],
    reads: { 'data/a.csv': one },
  },
  'by a module of the project': {
    lines: ["import { text } from './load.ts'", 'export default text()'],
    files: {
      'load.ts':
        "import { readFileSync } from 'node:fs'\nexport const text = () => readFileSync('data/a.csv', 'utf8')\n",
    },
    reads: { 'data/a.csv': one },
  },
  'by a package': {
    lines: ["import { text } from 'loader'", "export default text('data/a.csv')"],
    files: {
      'node_modules/loader/package.json': '{ "name": "loader", "version": "1.0.0", "main": "main.cjs" }',
      'node_modules/loader/main.cjs':
        "require('./own.json')\nexports.text = (path) => require('fs').readFileSync(path, 'utf8') + require('fs').readFileSync('/dev/null')\n",
      'node_modules/loader/own.json': '{}',
    },
    reads: { 'data/a.csv': one },
    idle: { 'node_modules/loader/own.json': '[]' },
  },
  'by require': {
    lines: [
      "import { createRequire } from 'node:module'",
      "export default createRequire(import.meta.url)('./data/a.json').a",
    ],
    files: { 'data/a.json': '{ "a": 1 }' },
    change: { 'data/a.json': '{ "a": 2 }' },
    reads: { 'data/a.json': sha256('{ "a": 1 }') },
  },
  'by a name that is computed': {
    lines: [
      "export default (await import(['./data/a', 'mjs'].join('.').replace('.', import.meta.dirname))).a",
    ],
    files: { 'data/a.mjs': 'export const a = 1' },
    change: { 'data/a.mjs': 'export const a = 2' },
    reads: { 'data/a.mjs': sha256('export const a = 1') },
  },
  'by its being there': {
    lines: [fs, "export default String(fs.existsSync('data/a.csv')) + fs.existsSync('data/c.csv')"],
    reads: { 'data/a.csv': 'present', 'data/c.csv': 'absent' },
    idle: { 'data/a.csv': '2\n' },
    change: { 'data/c.csv': '' },
  },
  'that is not there': {
    lines: [
      fs,
      "let text = 'none'",
      "try { text = fs.readFileSync('data/c.csv', 'utf8') } catch {}",
      'export default text',
    ],
    reads: { 'data/c.csv': 'absent' },
    idle: { 'data/a.csv': '2\n' },
    change: { 'data/c.csv': '' },
  },
  'by the list of its folder': {
    lines: [fs, "export default fs.readdirSync('data').join()"],
    reads: { data: sha256('["a.csv"]') },
    idle: { 'data/a.csv': '2\n' },
    change: { 'data/b.csv': '' },
  },
  'by the list of all folders': {
    lines: [fs, "export default fs.readdirSync('data', { recursive: true }).join()"],
    files: { 'data/deep/b.csv': '2\n' },
    reads: {
      data: sha256('["a.csv","deep/"]'),
      'data/a.csv': one,
      'data/deep': sha256('["b.csv"]'),
      'data/deep/b.csv': sha256('2\n'),
    },
    change: { 'data/deep/c.csv': '' },
  },
  'after it was copied': {
    lines: [
      fs,
      "fs.copyFileSync('data/a.csv', 'data/copy.csv')",
      "export default fs.readFileSync('data/copy.csv', 'utf8')",
    ],
    reads: { 'data/a.csv': one },
    idle: { 'data/copy.csv': 'other' },
  },
  'and what it wrote itself': {
    lines: [
      fs,
      "const folder = fs.mkdtempSync('made-')",
      "fs.writeFileSync(folder + '/b.csv', '2')",
      "const text = fs.readFileSync(folder + '/b.csv', 'utf8') + fs.existsSync(folder + '/c.csv')",
      'fs.rmSync(folder, { recursive: true })',
      "export default text + fs.readFileSync('data/a.csv', 'utf8')",
    ],
    reads: { 'data/a.csv': one },
  },
  'of WEFT_DATA': {
    lines: [fs, "export default fs.readFileSync(process.env.WEFT_DATA + '/b.csv', 'utf8')"],
    files: { 'sets/b.csv': '2\n' },
    reads: { '$WEFT_DATA/b.csv': sha256('2\n') },
    change: { 'sets/b.csv': '3\n' },
  },
}

// All are cells of one report, each with a folder and names of its own: `data` of the first is `data0`.
const readingCells = Object.entries(readings).map(([how, reading], index) => {
  const own = (text: string) => text.replace(/\b(data|text)\b/g, `$1${index}`)
  const ownFiles = (files: Files) =>
    Object.fromEntries(Object.entries(files).map(([path, text]) => [own(path), own(String(text))]))
  const { lines, files, reads, idle = {}, change = { 'data/a.csv': '2\n' } } = reading
  return {
    ...{ how, label: `x${index}`, lines: lines.map(own) },
    ...{ files: ownFiles({ ...file, ...files }), idle: ownFiles(idle), change: ownFiles(change) },
    reads: Object.fromEntries(Object.entries(reads).map(([path, digest]) => [own(path), digest])),
  }
})

describe('a cell that reads a file', () => {
  const filesOf = (kind: 'files' | 'idle' | 'change') =>
    Object.assign({}, ...readingCells.map((reading) => reading[kind])) as Files
  const report = readingCells.map(({ label, lines }) => cell(label, ...lines)).join('')
  const root = temporaryProject({ after }, { ...filesOf('files'), 'report.md': reportOf(report) })
  const builds: Record<string, Built> = {}

  before(async () => {
    const build = (options: BuildOptions = {}) =>
      buildProject(root, { env: { ...process.env, WEFT_DATA: join(root, 'sets') }, ...options })
    builds.first = await build()
    writeFiles(root, filesOf('idle'))
    builds.idle = await build()
    writeFiles(root, filesOf('change'))
    builds.cached = await build({ cached: true })
    builds.changed = await build()
    builds.again = await build()
  })

  for (const { how, label, reads } of readingCells)
    it(`${how} should run again when that has changed, and only then`, () => {
      assert.deepEqual(readsOf(builds.first!, label), reads)
      const states = ['first', 'idle', 'cached', 'changed', 'again'].map(
        (name) => builds[name]!.states[label],
      )
      assert.deepEqual(states, ['ran', 'reused', 'stale', 'ran', 'reused'])
    })

  it('should not be told of', () => assert.deepEqual(builds.first!.said, []))
})

test('a file that changes and changes back should leave nothing stale', async (t) => {
  const root = temporaryProject(t, {
    ...file,
    'report.md': reportOf(cell('x', fs, "export const text = fs.readFileSync('data/a.csv', 'utf8')")),
  })
  for (const text of ['1\n', '2\n', '1\n', '', '2\n']) {
    writeFiles(root, { 'data/a.csv': text })
    const built = await buildProject(root)
    assert.deepEqual([built.exports.text, built.said], [text, []])
  }
})

test('an accepted result should be used where its file is as it was then, and no other', async (t) => {
  const root = temporaryProject(t, {
    ...file,
    'report.md': reportOf(cell('x', fs, "export const text = fs.readFileSync('data/a.csv', 'utf8')")),
  })
  const cellResult = (await buildProject(root)).cells.get('x')!
  const { key } = cellResult.state === 'ran' ? cellResult.stored : assert.fail()
  writeFiles(root, {
    [`freeze/${key}.json`]: readFileSync(join(root, `dist/.cache/freeze/${key}.json`)),
    'data/a.csv': '2\n',
  })
  assert.equal(stateOf(await buildProject(root)), 'ran')
  assert.equal((await buildProject(root)).exports.text, '2\n')
  writeFiles(root, file)
  const back = await buildProject(root)
  assert.deepEqual([stateOf(back), back.exports.text], ['reused', '1\n'])
})

test('a cell that changes the file that it reads should run each time', async (t) => {
  const lines = [
    fs,
    "export const before = fs.readFileSync('data/a.csv', 'utf8')",
    "fs.writeFileSync('data/a.csv', before + '1')",
    "export const after = fs.readFileSync('data/a.csv', 'utf8')",
  ]
  const root = temporaryProject(t, { ...file, 'report.md': reportOf(cell('x', ...lines)) })
  assert.deepEqual(readsOf(await buildProject(root)), { 'data/a.csv': one })
  const { exports } = await buildProject(root)
  assert.deepEqual(exports, { before: '1\n1', after: '1\n11' })
})

test('a file below WEFT_DATA should be taken as it was where its folder is not there, and only there', async (t) => {
  const lines = [fs, "export default fs.readFileSync(process.env.WEFT_DATA + '/b.csv', 'utf8')"]
  const root = temporaryProject(t, { 'sets/b.csv': '2\n', 'report.md': reportOf(cell('x', ...lines)) })
  const build = (data?: string) => buildProject(root, { env: { PATH: process.env.PATH, WEFT_DATA: data } })
  assert.equal(stateOf(await build('sets')), 'ran')
  assert.equal(stateOf(await build(undefined)), 'reused')
  assert.equal(stateOf(await build('elsewhere')), 'reused')
  rmSync(join(root, 'sets/b.csv'))
  assert.equal(stateOf(await build(join(root, 'sets'))), 'failed')
  writeFiles(root, { 'other/b.csv': '3\n' })
  assert.equal(stateOf(await build(join(root, 'other'))), 'ran')
})

test('places should be the same by a link to a project', (t) => {
  const root = temporaryProject(t, file)
  const link = join(temporaryProject(t, {}), 'link')
  symlinkSync(root, link, 'junction')
  const bases = basesOf(link, link, { WEFT_DATA: 'sets' })
  const paths = [
    root,
    join(root, 'data/a.csv'),
    join(link, 'data/a.csv'),
    join(link, 'sets/b'),
    join(root, '../c'),
  ]
  assert.deepEqual(
    paths.map((path) => placeOfPath(path, bases)),
    ['.', 'data/a.csv', 'data/a.csv', '$WEFT_DATA/b', '../c'].map((place) =>
      place === '../c' ? relative(link, join(root, place)) : place,
    ),
  )
})

test('a job should run again when a file of the project that it reads has changed, its cell with it', async (t) => {
  const experiment = `import { defineExperiment } from 'weft/experiment'
import { readFileSync } from 'node:fs'
export const length = defineExperiment({
  name: 'length',
  params: { parse: (value: unknown) => value as { file: string } },
  run: ({ file }) => readFileSync(file, 'utf8').length + readFileSync(process.env.WEFT_DATA + '/b.csv').length,
})
`
  const lines = [
    "import { run } from 'weft/experiment'",
    "import { length } from './length.ts'",
    "export const { result } = await run(length, { file: 'data/a.csv' })",
  ]
  const root = temporaryProject(t, {
    ...file,
    'sets/b.csv': '2\n',
    'length.ts': experiment,
    'report.md': reportOf(cell('x', ...lines)),
  })
  const build = (options: BuildOptions = {}) =>
    buildProject(root, { env: { ...process.env, WEFT_DATA: join(root, 'sets') }, ...options })
  const first = await build()
  assert.deepEqual([first.said, first.exports], [[], { result: 4 }])
  assert.deepEqual(jobReadsOf(first, root), { '$WEFT_DATA/b.csv': sha256('2\n'), 'data/a.csv': one })
  for (const [file, result] of [
    ['sets/b.csv', 5],
    ['data/a.csv', 6],
  ] as const) {
    writeFiles(root, { [file]: '22\n' })
    assert.equal(stateOf(await build({ cached: true })), 'stale')
    const again = await build()
    assert.deepEqual([again.exports, again.events.includes('ran job length seed 1')], [{ result }, true])
  }
  assert.equal(stateOf(await build()), 'reused')
})

test('what readers of data sets read of WEFT_DATA should not be noted of a job', async (t) => {
  const experiment = `import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { fashionMnist } from 'weft/data'
import { defineExperiment } from 'weft/experiment'
export const wrong = defineExperiment({
  name: 'wrong',
  params: { parse: (value: unknown) => value as object },
  async run() {
    const text: string = await fashionMnist.load('test').then(String, String)
    for await (const piece of createReadStream(process.env.WEFT_DATA + '/own.csv')) await stat(process.env.WEFT_DATA + '/other.csv')
    return text.includes('truncated')
  },
})
`
  const lines = [
    "import { run } from 'weft/experiment'",
    "import { wrong } from './wrong.ts'",
    'export const { result } = await run(wrong, {})',
  ]
  const root = temporaryProject(t, {
    'sets/t10k-images-idx3-ubyte.gz': 'short',
    'sets/t10k-labels-idx1-ubyte.gz': 'short',
    'sets/own.csv': '1\n',
    'sets/other.csv': '2\n',
    'wrong.ts': experiment,
    'report.md': reportOf(cell('x', ...lines)),
  })
  const built = await buildProject(root, { env: { ...process.env, WEFT_DATA: join(root, 'sets') } })
  assert.deepEqual([built.said, built.exports], [[], { result: true }])
  assert.deepEqual(jobReadsOf(built, root), {
    '$WEFT_DATA/other.csv': sha256('2\n'),
    '$WEFT_DATA/own.csv': one,
  })
})

function stateOf({ states }: Built): string | undefined {
  return states.x
}

function readsOf({ cells }: Built, label = 'x'): Reads {
  const cellResult = cells.get(label)!
  return cellResult.state === 'ran'
    ? (cellResult.stored.provenance.reads ?? {})
    : assert.fail(cellResult.state)
}

function jobReadsOf({ cells }: Built, root: string): Reads {
  const cellResult = cells.get('x')!
  const [key] = cellResult.state === 'ran' ? cellResult.stored.provenance.jobs! : assert.fail()
  return JSON.parse(readFileSync(join(root, `dist/.cache/freeze/${key}.json`), 'utf8')).provenance.reads
}
