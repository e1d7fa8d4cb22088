import assert from 'node:assert/strict'
import { join } from 'node:path'
import test from 'node:test'
import { kinds } from '../../../src/render/assemble/registers/fill-register.ts'
import { bundleReport } from '../../../src/render/bundle/bundle-report.ts'
import { writeProgram } from '../../../src/render/execute/write-program.ts'
import { sha256 } from '../../../src/render/model/digest.ts'
import type { Bundle } from '../../../src/render/model/types.ts'
import { parse } from '../../../src/render/syntax/parse.ts'
import { readReport } from '../../../src/render/syntax/read-report.ts'
import {
  changedSince,
  changedSymbols,
  codeChange,
  symbolDigests,
} from '../../../src/render/why/code-change.ts'
import { type Symbols, symbolsOf } from '../../../src/render/why/symbols.ts'
import { temporaryProject } from '../execute/temporary-project.ts'

const files = {
  'report.md': [
    '---\ntitle: T\nparams: { full: { n: 3 } }\n---\n',
    '```ts exec #first\nexport const start = 2\n```\n',
    '```ts exec #second',
    "import { twice, unused } from './maths.ts'",
    "import rows from './rows.json'",
    'const own = twice(start) + params.n',
    'if (own > 3) {\n  console.log(own)\n}',
    'export const result = own + rows.length',
    '```\n',
  ].join('\n'),
  'maths.ts': [
    '/** Doubles. */',
    'export function twice(x: number): number {\n  return factor * x\n}',
    'const factor = 2',
    'export class Kept {\n  static made = twice(1)\n  static all = { factor, twice }\n}',
    'export const unused = 5',
  ].join('\n'),
  'rows.json': '[1, 2, 3]',
}

async function symbolsIn(
  t: test.TestContext,
  changed: Partial<Record<string, string>> = {},
): Promise<Symbols> {
  const root = temporaryProject(t, { ...files, ...changed })
  return symbolsOf(await bundleIn(root), root)
}

async function bundleIn(root: string): Promise<Bundle> {
  const { cells } = await bundleReport(parse(readReport(`${root}/report.md`, undefined), kinds))
  return cells.get('second')!
}

test('symbolsOf should split a bundle into declarations with their sources', async (t) => {
  const symbols = await symbolsIn(t)
  assert.deepEqual(Object.keys(symbols).sort(), ['maths.ts', 'report.md#second', 'rows.json'])
  assert.deepEqual(Object.keys(symbols['maths.ts']!).sort(), ['Kept', 'factor', 'twice'])
  assert.deepEqual(Object.keys(symbols['report.md#second']!).sort(), ['own', 'result', 'statements'])
  assert.equal(symbols['maths.ts']!.twice, 'function twice(x) {\n  return factor * x;\n}')
  assert.match(symbols['report.md#second']!.statements!, /^if \([\s\S]*console\.log[\s\S]*\}$/)
})

test('changedSymbols should name changed, new and removed declarations', async (t) => {
  const before = await symbolsIn(t)
  assert.deepEqual(changedSymbols(before, await symbolsIn(t)), [])
  const after = await symbolsIn(t, {
    'maths.ts': files['maths.ts']
      .replace('factor * x', 'more(x)')
      .replace('const factor = 2', 'const more = (x: number) => x * 2'),
  })
  assert.deepEqual(
    changedSymbols(before, after).map(({ file, name, kind }) => `${file} ${name} ${kind}`),
    ['maths.ts twice changed', 'maths.ts factor gone', 'maths.ts more new'],
  )
})

test('changedSince should find changed and new declarations from digests alone', async (t) => {
  const before = await symbolsIn(t)
  const accepted = symbolDigests([before])
  assert.deepEqual(changedSince(accepted, before), [])
  const after = await symbolsIn(t, { 'rows.json': '[1, 2, 3, 4]' })
  assert.deepEqual(
    changedSince(accepted, after).map(({ file, kind }) => `${file} ${kind}`),
    ['rows.json changed'],
  )
})

test('symbolsOf should use the names of the sources, whatever names the bundle has', async (t) => {
  const other = [
    'const factor = (x: number) => x',
    'function twice({ factor: own = 1 }) {\n  return { factor, own }\n}',
    'export const other = twice({ factor: factor(2) })',
  ].join('\n')
  const before = await symbolsIn(t)
  const report = files['report.md'].replace(
    "import rows from './rows.json'",
    "import { other } from './other.ts'\nimport rows from './rows.json'\nconsole.log(other)",
  )
  // Import it first, so that the bundle renames the declarations of maths.ts.
  const after = await symbolsIn(t, {
    'report.md': report
      .replace("import { twice, unused } from './maths.ts'\n", '')
      .replace('console.log(other)', "import { twice } from './maths.ts'\nconsole.log(other)"),
    'other.ts': other,
  })
  assert.deepEqual(Object.keys(after['other.ts']!).sort(), ['factor', 'other', 'twice'])
  assert.match(after['other.ts']!.twice!, /return \{ factor, own \}/)
  assert.deepEqual(
    changedSymbols(before, after).map(({ file, name, kind }) => `${file} ${name} ${kind}`),
    [
      'other.ts factor new',
      'other.ts twice new',
      'other.ts other new',
      'report.md#second statements changed',
    ],
  )
  assert.deepEqual(Object.keys(symbolDigests([before, after])['maths.ts']!), ['Kept', 'factor', 'twice'])
  for (const digest of Object.values(symbolDigests([before, after])['maths.ts']!))
    assert.match(digest, /^[0-9a-f]{8}$/)
})

test('symbolsOf should distinguish the default export from a variable whose name ends in `default`', async (t) => {
  const source = '```ts exec #second\nconst my_default = start\nexport default my_default + 1\n```\n'
  const symbols = await symbolsIn(t, {
    'report.md': files['report.md'].replace(/```ts exec #second[\s\S]*```\n/, () => source),
  })
  assert.deepEqual(Object.keys(symbols['report.md#second']!).sort(), ['default', 'my_default'])
})

test("symbolsOf should list Weft's own code under one name, because its files differ by version", async (t) => {
  const symbols = await symbolsIn(t, {
    'report.md': files['report.md'].replace(
      "import rows from './rows.json'",
      "import { lineChart } from 'weft/charts'\nimport rows from './rows.json'\nconsole.log(lineChart)",
    ),
  })
  assert.deepEqual(Object.keys(symbols).sort(), ['maths.ts', 'report.md#second', 'rows.json', 'weft'])
  assert.match(symbols.weft!.lineChart!, /^function lineChart\(/)
})

test('each declaration should have the same text in all bundles of the shipped report', async () => {
  // It holds for all cells, but checking them all takes longer.
  const some = [
    'baseline',
    'model',
    'sweeps',
    'binary',
    'fig-confusion',
    'fig-tradeoff',
    'tbl-letters-budget',
  ]
  const report = readReport('report-src/report.md', undefined)
  const tree = parse(report, kinds)
  const { cells } = await bundleReport({
    ...tree,
    cells: tree.cells.filter(({ label }) => some.includes(label)),
  })
  const all = await Promise.all([...cells.values()].map((bundle) => symbolsOf(bundle, report.root)))
  assert.equal(all.length, some.length)
  const several = Object.entries(symbolDigests(all)).flatMap(([file, names]) =>
    Object.keys(names).flatMap((name) => (names[name]!.includes(' ') ? [`${name} of ${file}`] : [])),
  )
  assert.deepEqual(several, [])
})

test('codeChange should distinguish a change only of imports from a missing earlier text', async (t) => {
  const at = (module: string) =>
    files['report.md'].replace(
      "import rows from './rows.json'",
      `import { sep } from '${module}'\nimport rows from './rows.json'\nconsole.log(sep)`,
    )
  const before = await bundleIn(temporaryProject(t, { ...files, 'report.md': at('path') }))
  const root = temporaryProject(t, { ...files, 'report.md': at('node:path') })
  const after = await bundleIn(root)
  const previous = sha256(before.code)
  assert.notEqual(previous, sha256(after.code))
  const code = { root, runFolder: join(root, 'run'), accepted: {} }
  assert.equal(await codeChange(previous, after, code), undefined)
  const { code: text, label, map, packages } = before
  writeProgram({ kind: 'cell', label, key: '', code: text, map, packages, input: {} }, code.runFolder, root)
  assert.deepEqual(await codeChange(previous, after, code), [])
})
