import assert from 'node:assert/strict'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { kinds } from '../../../src/render/assemble/registers/fill-register.ts'
import { type BundledReport, bundleReport } from '../../../src/render/bundle/bundle-report.ts'
import { parse } from '../../../src/render/syntax/parse.ts'
import { readReport } from '../../../src/render/syntax/read-report.ts'
import { buildProject, messagesOf } from '../execute/build-project.ts'
import { cell, type Files, reportOf, temporaryProject } from '../execute/temporary-project.ts'

type Test = Parameters<typeof temporaryProject>[0]

async function bundled(t: Test, files: Files): Promise<BundledReport & { said: string[] }> {
  const root = temporaryProject(t, files)
  const report = readReport(join(root, 'report.md'), undefined)
  const result = await bundleReport(parse(report, kinds))
  return { ...result, said: messagesOf(report.files) }
}

// The fault starts on line 4 of body.md.
const faults: [string, string, string, Files?][] = [
  ['```ts exec #a\nexport const x = ;\n```', '5:18', 'cell-bundles Cannot bundle `#a`, Unexpected ";"'],
  [
    '```ts exec #a\nexport const ü𝒙 = "ü𝒙" +;\n```',
    '5:27',
    'cell-bundles Cannot bundle `#a`, Unexpected ";"',
  ],
  [
    '> - ```ts exec #a\n>   let x =\n>     1 1\n>   ```',
    '6:9',
    'cell-bundles Cannot bundle `#a`, Expected ";" but found "1"',
  ],
  [
    '  ```ts exec #a\n  const a = 1\n   const a = 2\n  ```',
    '6:10',
    'cell-bundles Cannot bundle `#a`, The symbol "a" has already been declared',
  ],
  [
    "```ts exec #a\nimport { b } from './b.ts'\nb()\n```",
    '5:19',
    'cell-bundles Cannot bundle `#a`, Cannot find `./b.ts`, expected a file',
  ],
  [
    "```ts exec #a\nimport rows from './data/heigths.csv'\nexport const n = rows.length\n```",
    '5:18',
    'cell-bundles Cannot bundle `#a`, Cannot find `./data/heigths.csv`, expected a file: did you mean `./data/heights.csv`?',
    { 'data/heights.csv': 'a\n1\n', 'data/weights.csv': 'a\n1\n' },
  ],
  [
    "```ts exec #a\nimport { c } from './src/b.ts'\nc()\n```",
    '4:1',
    'cell-bundles Cannot bundle `#a`, src/b.ts:1:19: Cannot find `./fit.ts`, expected a file: did you mean `./fit.mts`?',
    { 'src/b.ts': "import { c } from './fit.ts'; export { c }", 'src/fit.mts': 'export const c = 1' },
  ],
  [
    "```ts exec #a\nimport { c } from './b.ts'\nc()\n```",
    '5:10',
    'cell-bundles Cannot bundle `#a`, `./b.ts` has no export `c`, expected one of b',
    { 'b.ts': 'export const b = 1' },
  ],
  [
    "```ts exec #a\nimport { c } from 'nowhere-at-all'\nc()\n```",
    '5:19',
    'cell-bundles Cannot bundle `#a`, Cannot find the package `nowhere-at-all`, expected it installed: npm install nowhere-at-all',
  ],
  [
    "```ts exec #a\nimport { c } from '@no/where/deep'\nc()\n```",
    '5:19',
    'cell-bundles Cannot bundle `#a`, Cannot find the package `@no/where`, expected it installed: npm install @no/where',
  ],
  [
    "```ts exec #a\nimport { c } from 'weft/chart'\nc()\n```",
    '5:19',
    'cell-bundles Cannot bundle `#a`, Cannot find `weft/chart`, expected one of weft/experiment, weft/data, weft/output, weft/charts',
  ],
  [
    "```ts exec #a\nimport { c } from '#experiments/none'\nc()\n```",
    '5:19',
    'cell-bundles Cannot bundle `#a`, Cannot find `#experiments/none`, expected a file that `imports` of package.json names',
  ],
  [
    '```ts exec #a\nexport default params.epoch\n```',
    '5:23',
    'cell-bundles Cannot bundle `#a`, unknown param `epoch`, expected one of epochs, seeds: did you mean `epochs`?',
  ],
  [
    '```ts exec #a\nexport default await 1 +\n```',
    '5:25',
    'cell-bundles Cannot bundle `#a`, Unexpected end of file',
  ],
  [
    "```ts exec #a\nimport { b } from './b.ts'\nb()\n```",
    '4:1',
    'cell-bundles Cannot bundle `#a`, b.ts:2:18: Unexpected ";"',
    { 'b.ts': '\nexport const b = ;' },
  ],
  [
    "```ts exec #a\nimport b from './b.json'\nb()\n```",
    '4:1',
    'cell-bundles Cannot bundle `#a`, b.json:2:1: Unexpected "]" in JSON',
    { 'b.json': '{"a": \n]' },
  ],
  [
    "```ts exec #a\nimport { b } from './b.ts'\nb()\n```",
    '4:1',
    'cell-bundles Cannot bundle `#a`, b.ts:1:19: Cannot find `./c.ts`, expected a file',
    { 'b.ts': "import { c } from './c.ts'; export const b = c" },
  ],
  [
    '```ts exec #a\nconst params = 1\n```',
    '5:7',
    'name-is-free Unexpected name `params` in `#a`, expected a free one: it is that of the params',
  ],
  [
    '```ts exec #a\nconst first = 1\n```',
    '5:7',
    'name-is-free Unexpected name `first` in `#a`, expected a free one: `#one` exports it already',
  ],
  [
    '```ts exec #a\n// not first: first\nconst x = "first"\nfunction first() {}\n```',
    '7:10',
    'name-is-free Unexpected name `first` in `#a`',
  ],
  ['> ```ts exec #a\n> class first {}\n> ```', '5:9', 'name-is-free Unexpected name `first` in `#a`'],
  [
    '1. x\n\n   ```ts exec #a\n   let y = 1, first = 2\n   ```',
    '7:15',
    'name-is-free Unexpected name `first` in `#a`',
  ],
  [
    '```ts exec #a\nexport const { a: first } = { a: 1 }\n```',
    '5:19',
    'name-is-free Unexpected name `first` in `#a`',
  ],
  ['```ts exec #a\nexport const [first] = [1]\n```', '5:15', 'name-is-free Unexpected name `first` in `#a`'],
  [
    "```ts exec #a\nimport { b as first } from './b.ts'\nexport default first\n```",
    '5:15',
    'name-is-free Unexpected name `first` in `#a`',
    { 'b.ts': 'export const b = 1' },
  ],
  [
    '```ts exec #a\nconst b = 1\nexport { b as first }\n```',
    '4:1',
    'name-is-free Unexpected name `first` in `#a`, expected a free one: `#one` exports it already',
  ],
  [
    "```ts exec #a\nexport { first } from './b.ts'\n```",
    '4:1',
    'name-is-free Unexpected name `first` in `#a`',
    { 'b.ts': 'export const first = 1' },
  ],
  [
    '```ts exec #a\nconst b = 1\nexport { b as params }\n```',
    '4:1',
    'name-is-free Unexpected name `params` in `#a`, expected a free one: it is that of the params',
  ],
  [
    '```ts exec #a\nexport const percent = 1\n```',
    '5:14',
    'name-is-free Unexpected name `percent` in `#a`, expected a free one: it is a formatter of values',
  ],
]

for (const [body, place, words, files = {}] of faults) {
  test(`bundleReport should report ${words}, at ${place}, and bundle the others`, async (t) => {
    const front = { chapters: ['z.md', 'body.md', 'later.md'], params: { full: { epochs: 1, seeds: [1] } } }
    const { said, cells } = await bundled(t, {
      'report.md': reportOf('', front),
      'z.md': cell('one', 'export const first = 1'),
      'body.md': `\n\n\n${body}\n`,
      'later.md': cell('later', 'export const last = first'),
      ...files,
    })
    assert.equal(said.length, 1, said.join('\n'))
    assert.ok(said[0]!.startsWith(`body.md:${place} ${words}`), `${body}\n${said[0]}`)
    assert.deepEqual([...cells.keys()], ['one', 'later'])
  })
}

test('bundleReport should report all faulty cells at once', async (t) => {
  const body =
    cell('a', 'export const x = ;') +
    cell('b', "import './none.ts'") +
    cell('c', 'export const z = 1') +
    cell('d', 'params.no') +
    cell('e', "import './bad.ts'") +
    cell('f', "import './bad.ts'")
  const { said, cells } = await bundled(t, {
    'report.md': reportOf(body, { params: { full: { a: 1 } } }),
    'bad.ts': 'let 1',
  })
  const places = said.map(
    (message) => /^report\.md:(\d+):\d+ cell-bundles Cannot bundle `#(.)`/.exec(message)?.[2],
  )
  assert.deepEqual(places.sort(), ['a', 'b', 'd', 'e', 'f'])
  assert.deepEqual([...cells.keys()], ['c'])
})

test('bundleReport should find a taken name with any letters', async (t) => {
  const { said } = await bundled(t, {
    'report.md': reportOf(cell('a', 'export const ü = 1, 𝒙y = 2') + cell('b', 'const ñ = 3, 𝒙y = 4')),
  })
  assert.deepEqual(
    said.map((message) => message.replace(/^report\.md:\d+:/, '')),
    ['14 name-is-free Unexpected name `𝒙y` in `#b`, expected a free one: `#a` exports it already'],
  )
})

test('bundleReport should let two cells use one name if neither exports it', async (t) => {
  const { said, cells } = await bundled(t, {
    'report.md': reportOf(
      cell('a', 'const x = 1', 'export const y = x') + cell('b', 'const x = 2', 'export const z = x'),
    ),
  })
  assert.deepEqual([said, cells.size], [[], 2])
})

test('bundleReport should let a cell shadow earlier exports in its functions, types and members', async (t) => {
  const lines = [
    'type first = number',
    'interface second { first: first }',
    'const f = (first: number) => first',
    'export const x = { first: f(1), second: ((second) => second)(2) }',
  ]
  const { said, cells } = await bundled(t, {
    'report.md': reportOf(cell('a', 'export const first = 1, second = 2') + cell('b', ...lines)),
  })
  assert.deepEqual(said, [])
  assert.deepEqual(cells.get('b')!.needs, [])
})

test('bundleReport should treat names of Object.prototype as free', async (t) => {
  const { said, owners } = await bundled(t, {
    'report.md': reportOf(
      cell('constructor', 'export const toString = 1') + cell('b', 'export const valueOf = toString'),
    ),
  })
  assert.deepEqual(said, [])
  assert.deepEqual(
    [...owners],
    [
      ['toString', 'constructor'],
      ['valueOf', 'b'],
    ],
  )
})

test('bundleReport should ignore cells with eval=false', async (t) => {
  const { said, cells, owners } = await bundled(t, {
    'report.md': reportOf(cell('a eval=false', 'export const x = ;')),
  })
  assert.deepEqual([said, cells.size, owners.size], [[], 0, 0])
})

test('a cell of JavaScript or with JSX should be read as what its fence says', async (t) => {
  const body = [
    '',
    '```js exec #a',
    'const order = (a, b) => a < b > (0)',
    'export const one = order(1, 2) ? 2 : 1',
    '```',
    '',
    '```tsx exec #b',
    "const h = (name: string, props: object | null, ...children: string[]) => name + children.join('')",
    '/** @jsx h */',
    'export const two: string = <b>{String(one)}</b>',
    '```',
    '',
  ].join('\n')
  const built = await buildProject(temporaryProject(t, { 'report.md': reportOf(body) }))
  assert.deepEqual(built.said, [])
  assert.deepEqual(built.exports, { one: 2, two: 'b2' })
})

test('bundleReport should accept a report without cells', async (t) => {
  const { said, cells } = await bundled(t, { 'report.md': reportOf('Text.') })
  assert.deepEqual([said, cells.size], [[], 0])
})

test('a bundle should contain everything except packages, Node and the engine', async (t) => {
  const { said, cells } = await bundled(t, {
    'report.md': reportOf(
      cell(
        'a',
        "import { run } from 'weft/experiment'",
        "import { e } from './e.ts'",
        "import { readFileSync } from 'node:fs'",
        "import path from 'path'",
        "import { z } from 'zod'",
        'export default [await run(e, {}), readFileSync, path, z]',
      ),
    ),
    'e.ts':
      "import { defineExperiment } from 'weft/experiment'\nimport { z } from 'zod'\nexport const e = defineExperiment({ name: 'e', params: z.object({}), run: () => 1 })\n",
  })
  assert.deepEqual(said, [])
  const { code, packages } = cells.get('a')!
  const outside = [...code.matchAll(/(?:from|import)\s*\(?"([^"]+)"/g)].map((match) => match[1]!)
  assert.deepEqual([...new Set(outside)].sort(), ['node:fs', 'path', 'weft/engine', 'zod'])
  assert.deepEqual(Object.keys(packages), ['zod'])
  assert.doesNotMatch(code, /openNative|tfjs/)
})

test('bundleReport should know the exports of a faulty cell', async (t) => {
  const faulty = [
    'export const x = 1, y = ;\nexport function f() {}\nexport async function g() {}\nexport class K {}',
    'export const { a: x, f, b: [g, K] } = ;',
    "export let x = 1\nexport { f, g, K } from './none.ts'\nexport function f() {}",
    "import './none.ts'\nexport const [x, { f, g }, K] = []",
    'const one = 1\nexport const x = 1, f = 2, g = 3, K = 4',
    'export const x = params.none, f = 2, g = 3, K = 4',
  ]
  for (const source of faulty) {
    const body = cell('one', 'export const one = 1') + cell('a', source) + cell('b', 'export default x')
    const { said, owners, cells } = await bundled(t, { 'report.md': reportOf(body) })
    assert.equal(said.length, 1, `${source}\n${said.join('\n')}`)
    for (const name of source.includes('K') && source.includes('export { f')
      ? ['x', 'f']
      : ['x', 'f', 'g', 'K'])
      assert.equal(owners.get(name), 'a', `${name} of ${source}`)
    assert.deepEqual(cells.get('b')!.needs, ['x'])
  }
})

test('a data file should be read whatever the case of its end', async (t) => {
  const body = cell('a', "import rows from './ROWS.CSV'\nexport default rows")
  const { cells, said } = await bundled(t, { 'report.md': reportOf(body), 'ROWS.CSV': 'a\n1\n' })
  assert.deepEqual(said, [])
  assert.ok('ROWS.CSV' in cells.get('a')!.inputs)
})

test('Observable Plot should get a document, whose packages count too', async (t) => {
  const source = "import { plot } from '@observablehq/plot'\nexport default plot({ marks: [] })"
  const { cells, said } = await bundled(t, { 'report.md': reportOf(cell('a', source)) })
  assert.deepEqual(said, [])
  assert.deepEqual(Object.keys(cells.get('a')!.packages).sort(), ['@observablehq/plot', 'linkedom'])
  assert.match(cells.get('a')!.code, /parseHTML/)
})

test('a package of the workspace should count by its code, and may be TypeScript or CommonJS', async (t) => {
  const root = temporaryProject(t, {
    'study/package.json': '{ "type": "module" }',
    'study/report.md': reportOf(
      cell(
        'a',
        "import { twice } from '@mono/lib'",
        "import { half } from '@mono/lib/half'",
        'export const both = [twice(2), half(2)]',
      ),
    ),
    // As package managers store what they install.
    'study/node_modules/.store/kept@1.0.0/node_modules/kept/package.json':
      '{ "name": "kept", "version": "1.0.0", "main": "kept.js" }',
    'study/node_modules/.store/kept@1.0.0/node_modules/kept/kept.js': 'exports.kept = 1',
    'lib/package.json':
      '{ "name": "@mono/lib", "version": "1.0.0", "exports": { ".": "./index.ts", "./half": "./half.cjs" } }',
    'lib/index.ts': 'export const twice = (x: number): number => 2 * x\n',
    'lib/half.cjs':
      "const { kept } = require('kept')\nconst { join } = require('node:path')\nexports.half = (x) => x / 2 + kept + join('a').length\n",
  })
  const study = join(root, 'study')
  const installed = join(study, 'node_modules/.store/kept@1.0.0/node_modules/kept')
  mkdirSync(join(study, 'node_modules/@mono'))
  symlinkSync(join(root, 'lib'), join(study, 'node_modules/@mono/lib'), 'junction')
  for (const modules of [join(study, 'node_modules'), join(root, 'lib/node_modules')]) {
    mkdirSync(modules, { recursive: true })
    symlinkSync(installed, join(modules, 'kept'), 'junction')
  }
  const first = await buildProject(study)
  assert.deepEqual([first.said, first.exports.both], [[], [4, 3]])
  writeFileSync(join(root, 'lib/index.ts'), 'export const twice = (x: number): number => 3 * x\n')
  assert.deepEqual((await buildProject(study)).exports.both, [6, 3])
  const { cells } = await bundleReport(parse(readReport(join(study, 'report.md'), undefined), kinds))
  assert.deepEqual(Object.keys(cells.get('a')!.packages), ['kept'])
  assert.deepEqual(Object.keys(cells.get('a')!.inputs), ['../lib/half.cjs', '../lib/index.ts'])
})
