import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { kinds } from '../../../../src/render/assemble/registers/fill-register.ts'
import { checkTypes } from '../../../../src/render/bundle/types/check-types.ts'
import { parse } from '../../../../src/render/syntax/parse.ts'
import { readReport } from '../../../../src/render/syntax/read-report.ts'
import { messagesOf } from '../../execute/build-project.ts'
import { type Files, reportOf, temporaryProject } from '../../execute/temporary-project.ts'

type Test = Parameters<typeof temporaryProject>[0]

/** Checks a project's report.md, and gives `file:line:column rule reason` of each message. */
async function checked(t: Test, files: Files): Promise<readonly string[]> {
  const root = temporaryProject(t, files)
  const report = readReport(join(root, 'report.md'), undefined)
  const others = await checkTypes(parse(report, kinds))
  return messagesOf([...report.files, ...others])
    .map((line) => line.split('\n')[0]!)
    .sort(byPlace)
}

// As text, but with lines and columns as numbers.
function byPlace(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}

// The front matter takes lines 1 to 3.
const one = (lines: readonly string[], front = {}) => reportOf(lines.join('\n'), front)

describe('checkTypes', () => {
  it('should find a fault of each kind at its exact place, across chapters', async (t) => {
    const said = await checked(t, {
      'report.md': one(
        [
          '```ts exec #numbers',
          "const s: number = 'hello'",
          'export const model = { accuracy: 0.9, layers: [{ size: 300 }] }',
          'export const renamed = s',
          '```',
          '',
          'It is `{ts} fixed(model.acuracy)` or `{ts} model.layers[0].size`.',
        ],
        { chapters: ['two.md', 'three.md'] },
      ),
      'two.md': [
        '> - ```ts exec #rows',
        ">   import rows from './data/rows.csv'",
        '>   export const first = rows[0]!.weigth',
        '>   ```',
        '',
        ':claim[More]{that="model.accuracy"} and :claim[less]{that="model.accuracy > 0.5"}',
      ].join('\n'),
      'three.md': [
        '# Later',
        '',
        '```ts exec #later',
        'export const twice = (old + renamed) * 2',
        '```',
      ].join('\n'),
      'data/rows.csv': 'name,weight\na,1\nb,2.5\n',
    })
    assert.deepEqual(said, [
      'report.md:5:7 types-agree Type `string` is not assignable to type `number` (TS2322)',
      'report.md:10:25 types-agree Property `acuracy` does not exist on type `{ accuracy: number; layers: { size: number; }[]; }`. Did you mean `accuracy`? (TS2551)',
      'three.md:4:23 types-agree Cannot find name `old` (TS2304)',
      'two.md:3:35 types-agree Property `weigth` does not exist on type `{ name: string; weight: number; }`. Did you mean `weight`? (TS2551)',
      'two.md:6:20 types-agree Argument of type `number` is not assignable to parameter of type `boolean` (TS2345)',
    ])
  })

  it('should say which cell exports a name that is used too early, or a near one', async (t) => {
    const said = await checked(t, {
      'report.md': one([
        '```ts exec #a',
        'export const accuracy = 1',
        'export const sum = later + 1',
        '```',
        '```ts exec #b',
        'export const later = acuracy + 1',
        '```',
      ]),
    })
    assert.deepEqual(said, [
      'report.md:6:20 types-agree Cannot find `later`, it is exported by `#b` below: move `#b` up',
      'report.md:9:22 types-agree Cannot find name `acuracy`: did you mean `accuracy`? (exported by `#a`)',
    ])
  })

  it('should find an export that was renamed three chapters before, in a cell, a value and a claim', async (t) => {
    const said = await checked(t, {
      'report.md': one(['```ts exec #model', 'export const accuracyOfModel = 0.9', '```'], {
        chapters: ['one.md', 'two.md', 'three.md'],
      }),
      'one.md': '# One',
      'two.md': '# Two',
      'three.md': [
        '- It is `{ts} percent(accuracyModel)`, :claim[more than half]{that="accuracyModel > 0.5"}.',
        '',
        '  ```ts exec #later',
        '  export const twice = accuracyModel * 2',
        '  ```',
      ].join('\n'),
    })
    const unknown = 'Cannot find name `accuracyModel`: did you mean `accuracyOfModel`? (exported by `#model`)'
    assert.deepEqual(said, [
      `three.md:1:23 types-agree ${unknown}`,
      `three.md:1:69 types-agree ${unknown}`,
      `three.md:4:24 types-agree ${unknown}`,
    ])
  })

  it('should place faults behind character references, escaped bars, line ends and quotes', async (t) => {
    const said = await checked(t, {
      'report.md': one([
        '```ts exec #a',
        'export const a = 1, list = [1]',
        '```',
        '',
        ':claim[A]{that="a &gt; 0 &#38;&amp; a &lt; &quot;b&quot;.size"}',
        '',
        '| Value | Other |',
        '| --- | --- |',
        '| `{ts} a \\|\\| list.size` | `{ts} list.sise` |',
        '',
        '> It is `{ts} a +',
        '> list.site` here.',
        '',
        "1. - :claim[B]{that='a > 0 &amp;&amp; list.side > 1'}",
      ]),
    })
    const missing = (name: string, type: string) =>
      `types-agree Property \`${name}\` does not exist on type \`${type}\``
    assert.deepEqual(
      said.map((line) => line.replace(/ \(TS2339\)| \(TS2551\)|\. Did you.*/, '')),
      [
        `report.md:8:58 ${missing('size', '"b"')}`,
        `report.md:12:21 ${missing('size', 'number[]')}`,
        `report.md:12:40 ${missing('sise', 'number[]')}`,
        `report.md:15:8 ${missing('site', 'number[]')}`,
        `report.md:17:44 ${missing('side', 'number[]')}`,
      ],
    )
  })

  it('should know enums, and names that only `export *` gives as unknown, as they are when cells run', async (t) => {
    const said = await checked(t, {
      'report.md': one([
        '```ts exec #a',
        "export * from './other.ts'",
        'export enum Colour { Red, Blue }',
        'export const chosen: Colour = Colour.Red',
        '```',
        '```ts exec #b',
        'export const isRed = chosen === Colour.Red',
        'export const isGreen = chosen === Colour.Green',
        'export const other = hidden',
        '```',
      ]),
      'other.ts': 'export const hidden = 1\n',
    })
    assert.deepEqual(said, [
      'report.md:11:42 types-agree Property `Green` does not exist on type `typeof Colour` (TS2339)',
      'report.md:12:22 types-agree Cannot find name `hidden` (TS2304)',
    ])
  })

  it('should check values as they are evaluated', async (t) => {
    const values = [
      'list[0] + 1',
      'list.at(-1)',
      'list.find((n) => n > 1)',
      'byName["x"]',
      'list[0] ?? 0',
      'list.at(0)?.toFixed(1) ?? "none"',
      'percent(spread)',
      'isHigher(spread, 1) ? "yes" : "no"',
      '((n: number): number => n)(2)',
      'params.name === "a" ? 1 : 2',
      'Math.max(...list) + JSON.stringify(params.sizes).length',
      'params.sizes.map((n) => n.toFixed(1)).join()',
    ]
    const wrong = [
      'nothing',
      'status',
      'fetch',
      'params.nmae',
      'params.name === "c"',
      '({ a: 1 })',
      'percent("much")',
      'isHigher(spread)',
      'list.length = 1; 2',
    ]
    const front = { params: { full: { name: 'a', sizes: [1] }, quick: { name: 'b', sizes: [] } } }
    const cell = [
      '```ts exec #a',
      'export const list = [1, 2], nothing: number | null = null',
      'export const byName: Record<string, number> = { x: 1 }',
      'export const spread = { mean: 1, std: 0, n: 2, min: 1, max: 1 }',
      '```',
      '',
    ]
    const text = [...values, ...wrong].map((source) => `\`{ts} ${source}\``)
    const settings = { strict: true, noUncheckedIndexedAccess: true, lib: ['es2023', 'dom'] }
    const said = await checked(t, {
      'report.md': one([...cell, ...text], front),
      'tsconfig.json': JSON.stringify({ compilerOptions: settings }),
    })
    const first = 4 + cell.length + values.length
    const lines = said.map((line) => Number(line.split(':')[1]))
    assert.deepEqual(
      [...new Set(lines)],
      wrong.map((_, index) => first + index),
    )
    assert.match(
      said.join('\n'),
      /:23:7 types-agree Unexpected `status` in a value, expected an export of a cell/,
    )
    assert.match(
      said.join('\n'),
      /:25:14 types-agree Property `nmae` does not exist on type `\{ name: "a" \| "b"; sizes: number\[\]; \}`/,
    )
  })

  it('should check JavaScript only if a cell asks for it, and JSON and text by their content', async (t) => {
    const said = await checked(t, {
      'report.md': one([
        '```js exec #plain',
        "const wrong = 'a' * 2",
        'export const fromJs = [wrong]',
        '```',
        '```js exec #asked',
        '// @ts-check',
        "export const other = 'a' * 2",
        '```',
        '```ts exec #data',
        "import settings from './settings.json'",
        "import words from './words.txt'",
        "import days from './days.tsv' with { dates: 'day' }",
        "import none from './none.csv'",
        'export const first = none.map((row) => row.name.length + row.nmae)',
        'export const year = days[0]!.day.getUTCFullYear() + days[0]!.day.length',
        'export const size = settings.sise + words.size + fromJs[0]',
        '```',
      ]),
      'settings.json': '{ "size": 3 }',
      'words.txt': 'a b',
      'days.tsv': 'day\tn\n2012-01-31\t1\n',
      'none.csv': 'name,size\n',
    })
    assert.deepEqual(said, [
      'report.md:10:22 types-agree The left-hand side of an arithmetic operation must be of type `any`, `number`, `bigint` or an enum type (TS2362)',
      'report.md:17:62 types-agree Property `nmae` does not exist on type `{ name: string; size: string; }` (TS2339)',
      'report.md:18:66 types-agree Property `length` does not exist on type `Date` (TS2339)',
      'report.md:19:30 types-agree Property `sise` does not exist on type `{ size: number; }` (TS2339)',
      'report.md:19:43 types-agree Property `size` does not exist on type `string` (TS2339)',
    ])
  })

  it('should check a cell whatever its label', async (t) => {
    const said = await checked(t, {
      'report.md': one([
        ...['```ts exec #d', 'export const d = 1', '```', ''],
        ...['```ts exec #weft-values', 'export const e = d + 1', '```', '', '`{ts} e`'],
      ]),
    })
    assert.deepEqual(said, [])
  })

  it('should know the columns of each kind of data file, as its schema and its import say', async (t) => {
    const said = await checked(t, {
      'report.md': one([
        '```ts exec #data',
        "import lines from './a.jsonl' with { dates: 'day' }",
        "import parquet from './a.parquet' with { columns: 'name, at' }",
        "import days from './b.csv'",
        "import broken from './c.parquet'",
        'export const one = lines.map((line) => line.deep?.x.length ?? line.dep)',
        'export const two = parquet.map((row) => row.at.getTime() + row.n)',
        'export const three = days.map((row) => row.day?.getUTCDay() ?? row.dya)',
        'export const four = broken.map((row) => row.anything)',
        'export const fine = [...lines, ...days]',
        '```',
      ]),
      'a.jsonl': '{"deep": {"x": "a"}, "day": "2012-01-31"}\n{"deep": null}\n',
      'a.parquet': readFileSync(new URL('../../../fixtures/data/rows.parquet', import.meta.url)),
      'b.csv': 'day\n31.01.2012\n\n',
      'b.csv.schema.json': '{"fields": [{"name": "day", "type": "date", "format": "%d.%m.%Y"}]}',
      'c.parquet': 'none',
    })
    assert.deepEqual(
      said.map((one) => one.replace(/^\S+ types-agree /, '')),
      [
        'Property `dep` does not exist on type `{ deep: { x: string; } | null; day: Date | null; }`. Did you mean `deep`? (TS2551)',
        'Property `n` does not exist on type `{ name: string | null; at: Date; }` (TS2339)',
        'Property `dya` does not exist on type `{ day: Date | null; }` (TS2339)',
      ],
    )
  })

  it('should check the modules of the project that cells import, with the settings of the project', async (t) => {
    const files = (strict: boolean): Files => ({
      'report.md': one([
        '```ts exec #a',
        "import { size } from '#lib/size'",
        'export const a = size({ size: 1 })',
        '```',
      ]),
      'package.json': '{ "name": "p", "type": "module", "imports": { "#lib/*": "./lib/*.ts" } }',
      'lib/size.ts': '/** Doc. */\nexport const size = (n) => n.size\nexport const wrong: string = 1\n',
      'tsconfig.json': JSON.stringify({ compilerOptions: { strict } }),
    })
    const wrong = 'lib/size.ts:3:14 types-agree Type `number` is not assignable to type `string` (TS2322)'
    assert.deepEqual(await checked(t, files(false)), [wrong])
    assert.deepEqual(await checked(t, files(true)), [
      'lib/size.ts:2:22 types-agree Parameter `n` implicitly has an `any` type (TS7006)',
      wrong,
    ])
  })

  it('should say what is wrong with a tsconfig.json, and take one without files', async (t) => {
    const files = (settings: string): Files => ({ 'report.md': one(['Words.']), 'tsconfig.json': settings })
    assert.deepEqual(await checked(t, files('{ "include": ["nothing"] }')), [])
    await assert.rejects(checked(t, files('{ "compilerOptions": ')), /Cannot read .*tsconfig\.json, /)
    await assert.rejects(
      checked(t, files('{ "compilerOptions": { "target": "es1" } }')),
      /Cannot read .*tsconfig\.json, .*'--target'/,
    )
  })

  it('should pass the API of experiments, outputs and charts', async (t) => {
    const said = await checked(t, {
      'report.md': one(
        [
          '```ts exec #run',
          "import { overSeeds } from 'weft/experiment'",
          "import { lineChart } from 'weft/charts'",
          "import { table } from 'weft/output'",
          "import { guess } from './guess.ts'",
          'export const { result } = await overSeeds(guess, { size: params.size }, [1, 2])',
          'export default table([{ size: params.size, score: result.score }], { columns: { score: "Score" } })',
          '```',
          '',
          'It is `{ts} percent(result.score)`, not `{ts} percent(result.scores)`.',
        ],
        { params: { full: { size: 3 } } },
      ),
      'guess.ts':
        "import { defineExperiment } from 'weft/experiment'\nimport { z } from 'zod'\nexport const guess = defineExperiment({ name: 'guess', params: z.object({ size: z.number() }), run: ({ size }) => ({ score: size / 4 }) })\n",
    })
    assert.deepEqual(
      said.map((line) => line.replace(/ Prop.*/, '')),
      ['report.md:13:62 types-agree'],
    )
  })
})
