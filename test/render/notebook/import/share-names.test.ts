import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cellsOf } from './notebook-of.ts'

test('what later cells use should be exported, and nothing else', async () => {
  const { cells, notes } = await cellsOf(
    'const a = 1, b = 2\nconst { c, d: [e] } = { c: 3, d: [4] }\nconst own = 5\nfunction f() { return own }\ninterface Row { x: number }',
    'const g = (a: number) => a + e\nconst row: Row = { x: f() }\nconst o = { b: 1, own: 2 }.own',
    'class K {}\nenum E { One }\ntype T = string\nexport const ready = 1',
    'const t: T = String(E.One)\nconst k = new K()\nconst r = ready',
  )
  assert.equal(
    cells[0],
    'const a = 1, b = 2\nexport const { c, d: [e] } = { c: 3, d: [4] }\nconst own = 5\nexport function f() { return own }\nexport interface Row { x: number }',
  )
  assert.match(cells[1]!, /^const g/)
  assert.equal(
    cells[2],
    'export class K {}\nexport enum E { One }\nexport type T = string\nexport const ready = 1',
  )
  assert.deepEqual(notes, [])
})

test('a cell should import what it uses of a package that a cell above imports', async () => {
  const { cells, notes } = await cellsOf(
    "import * as d3 from 'npm:d3@7.9.0'\nimport lib, { one, type Two } from 'npm:@own/lib@^1/part'\nimport rows from './a.json' with { type: 'json' }",
    'const s = d3.sum(rows)\nconst t = [one, lib] as Two[]\nconst d = await import("jsr:@std/csv@1")',
  )
  assert.equal(
    cells[1],
    `import * as d3 from 'd3'
import rows from './a.json' with { type: 'json' }
import { one } from '@own/lib/part'
import lib from '@own/lib/part'
import type { Two } from '@own/lib/part'
const s = d3.sum(rows)
const t = [one, lib] as Two[]
const d = await import("@std/csv")`,
  )
  assert.match(cells[0]!, /from 'd3'\nimport lib, \{ one, type Two \} from '@own\/lib\/part'/)
  assert.deepEqual(notes, [
    'a.ipynb:cell 2: Cannot install `@std/csv@1` by npm alone: run `npx jsr add @std/csv@1`',
    'a.ipynb: Install what its cells import: `npm install d3@7.9.0 @own/lib@^1`',
  ])
})

test('a name that is declared again should have another one from there on', async () => {
  const { cells, notes } = await cellsOf(
    'const x = 1\nconst local = 1',
    'const y = x\nconst local = 2',
    'const { x, z = x } = { x: 2 }\nconst o = { x }\nconst inner = (x: number) => x\nexport { x as shown }',
    'const w = { x, y: x + 1 }',
    'const again = x',
  )
  assert.equal(cells[0], 'export const x = 1\nconst local = 1')
  assert.equal(cells[1], 'const y = x\nconst local = 2')
  assert.equal(
    cells[2],
    'export const { x: x2, z = x2 } = { x: 2 }\nconst o = { x: x2 }\nconst inner = (x: number) => x\nexport { x2 as shown }',
  )
  assert.equal(cells[3], 'const w = { x: x2, y: x2 + 1 }')
  assert.equal(cells[4], 'const again = x2')
  assert.deepEqual(notes, [
    'a.ipynb:cell 3: Cannot declare `x` again, cell 1 exports it: it is called `x2` from here on',
  ])
})

test('a cell that assigns to a name of another should go on with a copy', async () => {
  for (const change of [
    'n += 1',
    'n++',
    '[n] = [2]',
    '({ n } = { n: 2 })',
    '({ a: n } = { a: 2 })',
    'for (n of [1, 2]);',
  ]) {
    const { cells, notes } = await cellsOf('let n = 0', change, 'const m = n')
    assert.equal(cells[0], 'export let n = 0')
    assert.match(cells[1]!, /^export let n2 = n\n/)
    assert.ok(!/\bn\b(?!:)/.test(cells[1]!.split('\n')[1]!), cells[1])
    assert.equal(cells[2], 'const m = n2')
    assert.deepEqual(notes, [
      'a.ipynb:cell 2: Cannot assign to `n`, which cell 1 declares: it goes on with a copy, `n2`',
    ])
  }
  const { notes } = await cellsOf('const list = [0]', 'list[0] = 1', 'const f = (a = list) => a === list')
  assert.deepEqual(notes, [])
})

test('a name that only a later cell declares should be told', async () => {
  const { notes } = await cellsOf('const a = late + unknown', 'const late = 1')
  assert.deepEqual(notes, [
    'a.ipynb:cell 1: Cannot find `late` above, cell 2 declares it: move that cell before this one',
  ])
})
