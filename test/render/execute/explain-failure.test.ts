import assert from 'node:assert/strict'
import test from 'node:test'
import { buildProject } from './build-project.ts'
import { cell, type Files, reportOf, temporaryProject } from './temporary-project.ts'

type Test = Parameters<typeof temporaryProject>[0]

async function saidOf(t: Test, cells: string, files: Files = {}): Promise<readonly string[]> {
  const root = temporaryProject(t, {
    'report.md': reportOf(cells),
    'node_modules/counts/package.json': JSON.stringify({
      name: 'counts',
      version: '1.0.0',
      type: 'module',
      exports: './index.js',
    }),
    'node_modules/counts/index.js': "export * from './more.js'\nexport const median = 1\n",
    'node_modules/counts/more.js': 'export const mean = 2\n',
    'node_modules/old/package.json': JSON.stringify({ name: 'old', version: '1.0.0', main: 'index.js' }),
    'node_modules/old/index.js': 'module.exports = Object.fromEntries([["one", 1]])\n',
    ...files,
  })
  return [...(await buildProject(root)).said].sort((a, b) => lineOf(a) - lineOf(b))
}

function lineOf(message: string): number {
  return Number(/^report\.md:(\d+):/.exec(message)?.[1])
}

test('a wrong import should be told of at the import, with the nearest export, and so should the others', async (t) => {
  const body =
    cell(
      'a',
      "import { meen } from 'counts'",
      "import { tabel, type Table } from 'weft/output'",
      'export const a = meen',
    ) +
    cell(
      'b',
      'import {',
      '  table as show,',
      '  fixd as fix,',
      "} from 'weft/output'",
      "import { readFileSnc } from 'node:fs'",
      'export default show([{ a: fix(1, 1), b: readFileSnc }])',
    ) +
    cell('c', "import { g } from './m.ts'", 'export const c = g') +
    cell('d', "import { h } from './m.ts'", 'export const d = h') +
    cell('e', "import { two } from 'old'", 'export const e = two') +
    cell('f', "import none from 'counts'", 'export const f = none')
  const files = { 'm.ts': "import { mean, medain } from 'counts'\nexport const h = mean + medain\n" }
  assert.deepEqual(await saidOf(t, body, files), [
    'report.md:6:10 cell-bundles Cannot run `#a`, `counts` has no export `meen`: did you mean `mean`?',
    'report.md:7:10 cell-bundles Cannot run `#a`, `weft/output` has no export `tabel`: did you mean `table`?',
    'report.md:14:3 cell-bundles Cannot bundle `#b`, `weft/output` has no export `fixd`: did you mean `fixed`?',
    'report.md:16:10 cell-bundles Cannot bundle `#b`, `node:fs` has no export `readFileSnc`: did you mean `readFileSync`?',
    'report.md:21:10 cell-bundles Cannot bundle `#c`, `./m.ts` has no export `g`, expected one of h',
    'report.md:25:1 cell-bundles Cannot run `#d`, m.ts:1:16: `counts` has no export `medain`: did you mean `median`?',
    'report.md:31:10 cell-bundles Cannot run `#e`, `old` has no export `two`, expected one of default',
    'report.md:36:8 cell-bundles Cannot run `#f`, `counts` has no export `default`, expected one of mean, median',
  ])
})

test('a name of a later cell should be told of with that cell', async (t) => {
  const body =
    cell('a', 'export const x = later + 1') +
    cell('b', 'export const later = 1', 'export const { part } = { part: 2 }') +
    cell('c', 'export const y = part + latr') +
    cell('d', 'export const up = down + 1') +
    cell('e', 'export const down = up + 1') +
    cell('f', 'export const z = nowhere')
  const said = await saidOf(t, body)
  const told = (start: string) => said.find((one) => one.startsWith(start))?.split('\n')[0]
  assert.equal(
    told('report.md:6:'),
    'report.md:6:18 cell-runs Cannot run `#a`, ReferenceError: later is not defined: it is exported by `#b` below, at report.md:9. A cell sees only cells above it: move `#b` up',
  )
  assert.equal(
    told('report.md:15:'),
    'report.md:15:25 cell-runs Cannot run `#c`, ReferenceError: latr is not defined: did you mean `later`?',
  )
  assert.equal(
    told('report.md:19:'),
    'report.md:19:19 cell-runs Cannot run `#d`, ReferenceError: down is not defined: it is exported by `#e` below, at report.md:22, which needs `up` of this cell. Put what both need into a cell above them',
  )
  assert.equal(
    told('report.md:27:'),
    'report.md:27:18 cell-runs Cannot run `#f`, ReferenceError: nowhere is not defined',
  )
})

test('every export that is not JSON should be told of at its place', async (t) => {
  const body = cell(
    'a',
    'export const f = (x: number) => x + 1',
    '  export const d = new Date(NaN), m = new Map([[1, 2]])',
    'export const { u, list: [nn] } = { u: undefined, list: [NaN] }',
    'const inner = 1n',
    'export { inner as $big }',
    'export const fine = 1',
    "export default Symbol('s')",
  )
  assert.deepEqual(
    (await saidOf(t, body)).map((one) =>
      one.replace(/expected a figure.*, found/, 'expected an output, found'),
    ),
    [
      'report.md:6:14 result-is-json Cannot run `#a`, f: expected JSON, found a function f',
      'report.md:7:16 result-is-json Cannot run `#a`, d: expected JSON, found an invalid Date',
      'report.md:7:35 result-is-json Cannot run `#a`, m: expected JSON, found a Map',
      'report.md:8:26 result-is-json Cannot run `#a`, nn: NaN, expected a finite number or null',
      'report.md:8:16 result-is-json Cannot run `#a`, u: expected JSON, found undefined',
      'report.md:10:19 result-is-json Cannot run `#a`, $big: expected JSON, found a bigint 1n',
      'report.md:12:8 result-is-json Cannot run `#a`, default: expected an output, found a symbol s',
    ],
  )
})

test('modules that import each other should be named where one reads what the other has not set', async (t) => {
  const files = {
    'lib/m1.ts': "import { two } from './m2.ts'\nexport const one = two + 1\n",
    'lib/m2.ts': "import { one } from './m1.ts'\nexport const two = one + 1\n",
    'lib/k1.ts': "import { second } from './k2.ts'\nexport const first = () => second()\n",
    'lib/k2.ts': "import { first } from './k1.ts'\nexport const second = () => (first ? 1 : 2)\n",
  }
  const body =
    cell('a', "import { one } from './lib/m1.ts'", 'export const z = one') +
    cell('b', "import { first } from './lib/k1.ts'", 'export const b = first()') +
    cell('c', 'export const c = NaN')
  const note = 'Its modules import each other, so that one reads what the other has not yet set'
  assert.deepEqual(await saidOf(t, body, files), [
    `report.md:7:14 result-is-json Cannot run \`#a\`, z: NaN, expected a finite number or null\n    ${note}: lib/m1.ts -> lib/m2.ts -> lib/m1.ts`,
    'report.md:16:14 result-is-json Cannot run `#c`, c: NaN, expected a finite number or null',
  ])
})

test('a file that is not there should be told of with how paths are read', async (t) => {
  const root = temporaryProject(t, {
    'text/report.md': reportOf(
      cell(
        'a',
        "import { readFileSync } from 'node:fs'",
        "export const a = readFileSync('data/x.csv', 'utf8')",
      ) +
        cell(
          'b',
          "import { readFile } from 'node:fs/promises'",
          "export const b = await readFile('data/none.csv', 'utf8')",
        ),
    ),
    'text/data/y.csv': 'a\n1\n',
    'data/x.csv': 'a\n1\n',
  })
  const { said } = await buildProject(root, { path: 'text/report.md' })
  const start = 'a path is relative to the folder of the report, `text`'
  const [a, b] = said.map((one) => one.split('\n')[0])
  assert.equal(
    a,
    `text/report.md:7:18 cell-runs Cannot run \`#a\`, ENOENT: no such file or directory, open 'data/x.csv': ${start}: write \`../data/x.csv\`. For one relative to this Markdown file, write \`new URL('data/x.csv', import.meta.url)\``,
  )
  assert.match(
    b!,
    /^text\/report\.md:\d+:\d+ cell-runs Cannot run `#b`, ENOENT: .*: a path is relative to the folder of the report, `text`: found no `text\/data\/none\.csv` in the project\./,
  )
})
