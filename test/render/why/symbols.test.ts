import assert from 'node:assert/strict'
import test from 'node:test'
import { kinds } from '../../../src/render/assemble/registers/kinds.ts'
import { bundleReport } from '../../../src/render/bundle/bundle-report.ts'
import { parse } from '../../../src/render/syntax/parse.ts'
import { readReport } from '../../../src/render/syntax/read-report.ts'
import { changedSince, changedSymbols, symbolDigests } from '../../../src/render/why/code-change.ts'
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
    'export class Kept {\n  static made = twice(1)\n}',
    'export const unused = 5',
  ].join('\n'),
  'rows.json': '[1, 2, 3]',
}

async function symbolsIn(t: test.TestContext, changed: Partial<typeof files> = {}): Promise<Symbols> {
  const root = temporaryProject(t, { ...files, ...changed })
  const { cells } = await bundleReport(parse(readReport(`${root}/report.md`, undefined), kinds))
  return symbolsOf(cells.get('second')!)
}

test('symbolsOf should take a bundle apart into declarations with their sources', async (t) => {
  const symbols = await symbolsIn(t)
  assert.deepEqual(Object.keys(symbols).sort(), ['maths.ts', 'report.md#second', 'rows.json'])
  assert.deepEqual(Object.keys(symbols['maths.ts']!).sort(), ['Kept', 'factor', 'twice'])
  assert.deepEqual(Object.keys(symbols['report.md#second']!).sort(), ['own', 'result', 'statements'])
  assert.equal(symbols['maths.ts']!.twice, 'function twice(x) {\n  return factor * x;\n}')
  assert.match(symbols['report.md#second']!.statements!, /^if \([\s\S]*console\.log[\s\S]*\}$/)
})

test('changedSymbols should name what changed, came and went', async (t) => {
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

test('changedSince should find from digests alone what changed and came', async (t) => {
  const before = await symbolsIn(t)
  const accepted = symbolDigests([before])
  assert.deepEqual(changedSince(accepted, before), [])
  const after = await symbolsIn(t, { 'rows.json': '[1, 2, 3, 4]' })
  assert.deepEqual(
    changedSince(accepted, after).map(({ file, kind }) => `${file} ${kind}`),
    ['rows.json changed'],
  )
})
