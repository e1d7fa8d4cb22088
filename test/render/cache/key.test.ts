import assert from 'node:assert/strict'
import { join } from 'node:path'
import test from 'node:test'
import { kinds } from '../../../src/render/assemble/registers/fill-register.ts'
import { bundleReport } from '../../../src/render/bundle/bundle-report.ts'
import { keyOf, partsOf, reasonToCompute } from '../../../src/render/cache/key.ts'
import type { Bundle, Json, StoredResult } from '../../../src/render/model/types.ts'
import { parse } from '../../../src/render/syntax/parse.ts'
import { readReport } from '../../../src/render/syntax/read-report.ts'
import { messagesOf } from '../execute/build-project.ts'
import { cell, type Files, reportOf, temporaryProject, writeFiles } from '../execute/temporary-project.ts'

type Test = Parameters<typeof temporaryProject>[0]

interface Case {
  readonly files: Files
  readonly params?: Record<string, Json>
  readonly exports?: Record<string, Json>
}

/** Bundles a report and gives the key of its cell `#two`, with its bundle. */
async function keyOfTwo(
  t: Test,
  { files, exports = base.exports }: Case,
  name?: string,
): Promise<{ key: string; bundle: Bundle }> {
  const root = temporaryProject(t, files, name)
  const report = readReport(join(root, 'report.md'), undefined)
  const tree = parse(report, kinds)
  const bundled = await bundleReport(tree)
  assert.deepEqual(messagesOf(report.files), [])
  const bundle = bundled.cells.get('two')!
  const given = {
    exports: Object.fromEntries(bundle.needs.map((one) => [one, exports[one]!])),
    params: Object.fromEntries(bundle.params.map((one) => [one, report.params[one]!])),
  }
  return { key: keyOf(partsOf(bundle, given)), bundle }
}

const one = cell('one', 'export const first = 1', 'export const other = { deep: [1] }')
const twoLines = [
  "import { helper } from './src/helper.ts'",
  "import data from './data.json'",
  "import rows from './rows.csv'",
  "import note from './note.txt'",
  "import { fake } from 'fake'",
  'function unused() { return 1 }',
  'const scaled = helper(first) * 2 + params.a',
  'export const second = [scaled, data.x, rows[0].loss, note, fake]',
]
const two = cell('two', ...twoLines)
const helper = [
  "import { inner } from './inner.ts'",
  'export function helper(x: number): number { return inner(x) + 1 }',
  'export function never(x: number) { return x }',
]
const base = {
  exports: { first: 1, other: { deep: [1] } } as Record<string, Json>,
  files: {
    'report.md': reportOf(`Text.\n${one}${two}`, { params: { full: { a: 1, b: 2 } } }),
    'src/helper.ts': helper.join('\n'),
    'src/inner.ts': 'export const inner = (x: number) => x * 3\nexport const unusedToo = 4\n',
    'data.json': '{"x": 1, "y": 2}',
    'rows.csv': 'epoch,loss\n1,0.5\n',
    'note.txt': 'Note',
    'node_modules/fake/package.json':
      '{"name":"fake","version":"1.0.0","main":"index.js","type":"module","dependencies":{"deep":"*","maybe":"*"},"optionalDependencies":{"maybe":"*"},"peerDependencies":{"peer":"*"},"devDependencies":{"dev":"*"}}',
    'node_modules/fake/index.js': 'export const fake = 1\n',
    'node_modules/fake/node_modules/deep/package.json': '{"name":"deep","version":"1.0.0"}',
    'node_modules/maybe/package.json': '{"name":"maybe","version":"1.0.0"}',
    'node_modules/peer/package.json': '{"name":"peer","version":"1.0.0"}',
    'node_modules/dev/package.json': '{"name":"dev","version":"1.0.0"}',
    'node_modules/other/package.json': '{"name":"other","version":"1.0.0"}',
  } satisfies Files,
}

type Change = Partial<Record<keyof typeof base.files | (string & {}), string | ((text: string) => string)>>

function changed(change: Change): Files {
  const files: Record<string, string> = { ...base.files }
  for (const [path, next] of Object.entries(change))
    files[path] = typeof next === 'function' ? next(files[path]!) : next!
  return files
}

const replace = (from: string, to: string) => (text: string) => {
  assert.ok(text.includes(from), from)
  return text.replace(from, to)
}
const version = (name: string, path = `node_modules/${name}`): Change => ({
  [`${path}/package.json`]: replace('1.0.0', '1.0.1'),
})

const same: Record<string, Change> = {
  'a comment in the cell': { 'report.md': replace('const scaled', '// why\n/* and */ const scaled') },
  'a type in the cell': {
    'report.md': replace('const scaled', 'interface X { a: 1 }\nconst scaled: number'),
  },
  'white space in the cell': { 'report.md': replace('helper(first) * 2', 'helper( first )\n   *   2') },
  'an unused function in the cell': { 'report.md': replace('return 1', 'return 99') },
  'a removed unused function in the cell': { 'report.md': replace('function unused() { return 1 }\n', '') },
  'an unused import in the cell': {
    'report.md': replace('function unused', "import { never } from './src/helper.ts'\nfunction unused"),
  },
  'quotes in the cell': { 'report.md': replace("'./src/helper.ts'", '"./src/helper.ts"') },
  'a comment in a module': { 'src/helper.ts': replace('{ return inner', '{ /* why */ return inner') },
  'a legal comment in a module': { 'src/helper.ts': (text) => `/*! @license MIT */\n${text}` },
  'a type in a module': { 'src/helper.ts': replace('x: number): number', 'x: any)') },
  'white space in a module': { 'src/inner.ts': replace('x * 3', 'x*3') },
  'an unused function in a module': { 'src/helper.ts': replace('{ return x }', '{ return -x }') },
  'an unused constant in a module': { 'src/inner.ts': replace('unusedToo = 4', 'unusedToo = 5') },
  'white space in JSON': { 'data.json': replace('{"x": 1, ', '{\n  "x": 1,\n') },
  'the text of the cell before': { 'report.md': replace('first = 1', 'first = 0 + 1') },
  'the prose': { 'report.md': replace('Text.', 'Other text, and more.') },
  'the line of the cell': { 'report.md': replace('Text.', '\n\nText.\n\n\n') },
  'the fence of the cell': { 'report.md': replace('#two', '#two echo=hide timeout=3s caption="C"') },
  'a param that it does not name': { 'report.md': replace('"b":2', '"b":3') },
  'a new param with the name of something in it': {
    'report.md': replace('"b":2', '"b":2,"scaled":1,"helper":2,"inner":3,"first":4,"x":5'),
  },
  'a new cell before with exports of names in its modules': {
    'report.md': replace(
      'Text.',
      cell('zero', 'export const inner = 5', 'export const x = 6', 'export const never = 7'),
    ),
  },
  'a new cell after': { 'report.md': (text) => text + cell('three', 'export const third = second') },
  'a cell that fails to bundle': {
    'report.md': (text) => text + cell('three eval=false', 'export const third = '),
  },
  'an optional dependency of a package': version('maybe'),
  'a peer dependency of a package': version('peer'),
  'a development dependency of a package': version('dev'),
  'a package that it does not import': version('other'),
  'line ends': { 'report.md': (text) => text.replaceAll('\n', '\r\n') },
  'the title': { 'report.md': replace('"title":"Test"', '"title":"Other"') },
}

test('the key of a cell should depend on nothing but what decides its result', async (t) => {
  const { key, bundle } = await keyOfTwo(t, base)
  assert.deepEqual([bundle.needs, bundle.params, Object.keys(bundle.packages)], [['first'], ['a'], ['fake']])
  for (const [what, change] of Object.entries(same)) {
    const other = await keyOfTwo(t, { files: changed(change) })
    assert.equal(other.bundle.code, bundle.code, what)
    assert.equal(other.key, key, what)
  }
  const unnamed = await keyOfTwo(t, { ...base, exports: { first: 1, other: 99 } })
  assert.equal(unnamed.key, key, 'an export that it does not name')
  const reordered = await keyOfTwo(t, { ...base, exports: { other: 0, first: 1 } })
  assert.equal(reordered.key, key)
})

const different: Record<string, Change> = {
  'a number in the cell': { 'report.md': replace('* 2', '* 3') },
  'an operator in the cell': { 'report.md': replace('* 2', '/ 2') },
  'a number in a module': { 'src/helper.ts': replace('+ 1', '+ 2') },
  'an operator in a module of a module': { 'src/inner.ts': replace('x * 3', 'x / 3') },
  'a name that it exports': { 'report.md': replace('const second', 'const deuxième') },
  'a value of JSON': { 'data.json': replace('"x": 1', '"x": 2') },
  'a number of CSV': { 'rows.csv': replace('0.5', '0.6') },
  'a text': { 'note.txt': replace('Note', 'Other') },
  'a param that it names': { 'report.md': replace('"a":1', '"a":9') },
  'the version of a package': version('fake'),
  'the version of a dependency of a package': version('deep', 'node_modules/fake/node_modules/deep'),
}

test('the key of a cell should change with each thing that decides its result', async (t) => {
  const { key } = await keyOfTwo(t, base)
  const keys = new Map([[key, 'base']])
  for (const [what, change] of Object.entries(different)) {
    const other = await keyOfTwo(t, { files: changed(change) })
    assert.equal(keys.get(other.key), undefined, what)
    keys.set(other.key, what)
  }
  for (const first of [2, '1', [1], null, { a: 1, b: 2 }, { a: 1 }] as Json[]) {
    const other = await keyOfTwo(t, { ...base, exports: { first } })
    assert.equal(keys.get(other.key), undefined, `first ${JSON.stringify(first)}`)
    keys.set(other.key, 'first')
  }
})

test('the key of a cell should depend on the order of members, which its code can tell', async (t) => {
  const left = await keyOfTwo(t, { ...base, exports: { first: { a: 1, b: 2 } } })
  const right = await keyOfTwo(t, { ...base, exports: { first: { b: 2, a: 1 } } })
  assert.notEqual(left.key, right.key)
})

test('bundles and keys should be those of any folder', async (t) => {
  const names = ['weft-test-', 'weft test ünï#%20 ', 'weft-\'"-']
  const results = []
  for (const name of names) results.push(await keyOfTwo(t, base, name))
  for (const { key, bundle } of results) {
    assert.equal(key, results[0]!.key)
    assert.equal(bundle.code, results[0]!.bundle.code)
    assert.deepEqual(bundle.inputs, results[0]!.bundle.inputs)
    assert.equal(bundle.map, results[0]!.bundle.map)
    assert.doesNotMatch(bundle.code + bundle.map, /weft[- ]test|\/tmp\//)
  }
})

test('bundles should be those of any folder where cells import Weft itself', async (t) => {
  const lines = [
    "import { overSeeds } from 'weft/experiment'",
    "import * as data from 'weft/data'",
    "import * as charts from 'weft/charts'",
    "import * as output from 'weft/output'",
    'export const second = [typeof overSeeds, Object.keys({ ...data, ...charts, ...output })]',
  ]
  const files = { 'report.md': reportOf(cell('two', ...lines)) }
  const short = await keyOfTwo(t, { files })
  const root = join(temporaryProject(t, {}, 'weft-deep-'), 'a/b/c')
  writeFiles(root, { ...files, 'package.json': '{}' })
  const report = readReport(join(root, 'report.md'), undefined)
  const deep = (await bundleReport(parse(report, kinds))).cells.get('two')!
  assert.equal(short.bundle.code, deep.code)
  assert.deepEqual(Object.keys(short.bundle.packages), Object.keys(deep.packages))
})

test('keys should not depend on the chapter or the order of cells that do not need each other', async (t) => {
  const { key } = await keyOfTwo(t, base)
  const free = cell('free', 'export const scaledToo = 3')
  const front = { params: { full: { a: 1, b: 2 } } }
  const orders: Files[] = [
    { 'report.md': reportOf(one + free + two, front) },
    { 'report.md': reportOf(free + one + two, front) },
    { 'report.md': reportOf(one + two + free, front) },
    { 'report.md': reportOf(one, { ...front, chapters: ['x.md'] }), 'x.md': `# X\n${free}${two}` },
  ]
  for (const files of orders)
    assert.equal(
      (await keyOfTwo(t, { files: { ...base.files, ...files } })).key,
      key,
      String(files['report.md']),
    )
})

test('a cell should depend on exactly the params that it can read', async (t) => {
  const cases: [string, string[]][] = [
    ['params.a', ['a']],
    ['params["a"]', ['a']],
    ['params.a + params.b', ['a', 'b']],
    ['[1].map(() => params.b)', ['b']],
    ['((k) => params[k])("a")', ['a', 'b', 'c']],
    ['Object.keys(params).length', ['a', 'b', 'c']],
    ['JSON.stringify(params)', ['a', 'b', 'c']],
    ['((p) => p.a)(params)', ['a', 'b', 'c']],
    ['((params) => params.a)({ a: 1 })', []],
    ['typeof params', ['a', 'b', 'c']],
    ['"params.a"', []],
  ]
  for (const [expression, params] of cases) {
    const files = {
      'report.md': reportOf(cell('two', `export const second = ${expression}`), {
        params: { full: { a: 1, b: 2, c: 3 } },
      }),
    }
    const { bundle } = await keyOfTwo(t, { files })
    if (expression === 'typeof params') assert.ok([0, 3].includes(bundle.params.length))
    else assert.deepEqual(bundle.params, params, expression)
  }
  const destructured = cell('two', 'const { a } = params', 'export const second = a')
  const { bundle } = await keyOfTwo(t, {
    files: { 'report.md': reportOf(destructured, { params: { full: { a: 1, b: 2, c: 3 } } }) },
  })
  assert.ok(bundle.params.includes('a'))
})

test('a cell should need exactly the earlier exports that it names', async (t) => {
  const cases: [string, string[]][] = [
    ['first', ['first']],
    ['other.deep', ['other']],
    ['[first, other]', ['first', 'other']],
    ['((first: number) => first)(1)', []],
    ['({ first: 1 })', []],
    ['({ first })', ['first']],
    ['{}; function unread() { return first }', []],
    ['"first"', []],
    ['typeof first', ['first']],
    ['(null as unknown as typeof first)', []],
  ]
  for (const [expression, needs] of cases) {
    const { bundle } = await keyOfTwo(t, {
      files: { 'report.md': reportOf(one + cell('two', `export const second = ${expression}`)) },
    })
    assert.deepEqual(bundle.needs, needs, expression)
  }
})

test('params of any name should be usable', async (t) => {
  const params = { class: 1, default: 2, await: 3, $x: 5, constructor: 6 }
  const lines = [
    'export const second = [params.class, params.default, params.await, params.$x, params.constructor]',
  ]
  const { bundle } = await keyOfTwo(t, {
    files: { 'report.md': reportOf(cell('two', ...lines), { params: { full: params } }) },
  })
  assert.deepEqual(bundle.params, ['$x', 'await', 'class', 'constructor', 'default'])
})

test('the parts of a key should be named', async (t) => {
  const { bundle } = await keyOfTwo(t, base)
  const parts = partsOf(bundle, { exports: { first: 1 }, params: { a: 1 } })
  assert.deepEqual(Object.keys(parts).sort(), ['bundle', 'export:first', 'format', 'package:fake', 'param:a'])
})

const parts = { format: '1', bundle: 'b', 'param:epochs': 'e', 'export:binary': 'x', 'package:zod': 'z' }
const previous = (
  changes: Record<string, string | undefined>,
  params: Record<string, Json> = { epochs: 20 },
) =>
  ({
    parts: Object.fromEntries(
      Object.entries({ ...parts, ...changes }).filter(([, value]) => value !== undefined),
    ),
    provenance: { params },
  }) as unknown as StoredResult

const cases: [StoredResult | undefined, string][] = [
  [undefined, 'new'],
  [previous({}), 'asked to'],
  [previous({ bundle: 'other' }), 'code changed'],
  [previous({ 'param:epochs': 'other' }), 'params.epochs changed 20 -> 40'],
  [previous({ 'param:epochs': 'other' }, { epochs: 'x'.repeat(99) }), 'params.epochs changed'],
  [previous({ 'param:epochs': undefined }, {}), 'params.epochs changed'],
  [previous({ 'param:gone': 'g' }, { gone: 1 }), 'params.gone changed'],
  [previous({ 'export:binary': 'other' }), 'binary changed'],
  [previous({ 'package:zod': 'other' }), 'package zod changed'],
  [previous({ format: '0' }), 'format changed'],
  [
    previous({ bundle: 'o', 'export:binary': 'o', 'package:zod': 'o' }),
    'code changed, binary changed, package zod changed',
  ],
  [
    previous({ bundle: 'o', 'export:binary': 'o', 'package:zod': 'o', 'param:epochs': 'o' }),
    'code changed, binary changed and 2 more',
  ],
]

test('reasonToCompute should say in a few words what changed', () => {
  for (const [before, words] of cases) assert.equal(reasonToCompute(parts, { epochs: 40 }, before), words)
})

test('a file that was read should be named where it has changed', () => {
  const stored = { parts: { bundle: 'a' }, provenance: {} } as unknown as StoredResult
  const reason = (parts: Record<string, string>, ...changed: string[]) =>
    reasonToCompute(parts, {}, stored, undefined, changed)
  assert.equal(reason({ bundle: 'a' }, 'data/a.csv'), 'data/a.csv changed')
  assert.equal(reason({ bundle: 'b' }, 'data/a.csv'), 'code changed, data/a.csv changed')
})
