import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { checkTypes } from '../../../../src/render/bundle/types/check-types.ts'
import { messagesOf } from '../../execute/build-project.ts'
import { cell, type Files, reportOf, temporaryProject } from '../../execute/temporary-project.ts'
import { treeOf } from './typescript-project.ts'

type Test = Parameters<typeof temporaryProject>[0]

/** Checks one cell each, and gives `column reason` of what is wrong with the last line of each. */
async function faultsOf(t: Test, lines: readonly string[], files: Files = {}): Promise<readonly string[]> {
  const cells = lines.map((line, index) => cell(`c${index}`, ...line.split('\n')))
  const tree = treeOf(temporaryProject(t, { 'report.md': reportOf(cells.join('')), ...files }))
  const others = await checkTypes(tree)
  return messagesOf([...tree.report.files, ...others]).map((line) =>
    line.replace(/^report\.md:\d+:(\d+) types-agree /, '$1 '),
  )
}

describe('exportFaults', () => {
  it('should find each kind of export that is not JSON, where it is exported', async (t) => {
    const said = await faultsOf(t, [
      'export const day = new Date()',
      'export const run = { at: { begin: new Date() } }',
      'export const byName = new Map<string, number>()',
      'export function helper() { return 1 }',
      'export const fit = [{ loss: (x: number) => x }]',
      'class Model { size = 1 }\nexport const model = new Model()',
      'export const some = [1, undefined]',
      'export const big = 1n, small = 1',
      'export const weights = { layers: [new Float32Array(2)] }',
      'export const nothing = undefined',
      'export const { first, second: [, third] } = { first: 1, second: [1, Symbol()] as const }',
      'const inner = new Set([1])\nexport { inner as outer }',
      'export const wait = Promise.resolve(1)',
      'export const table: Record<string, RegExp> = {}',
    ])
    assert.deepEqual(said, [
      '14 Cannot export `byName`, expected JSON, found a Map',
      '17 Cannot export `helper`, expected JSON, found a function',
      '14 Cannot export `fit[].loss`, expected JSON, found a function',
      '14 Cannot export `model`, expected JSON, found an instance of Model',
      '14 Cannot export `some[]`, expected JSON, found undefined',
      '14 Cannot export `big`, expected JSON, found a bigint',
      '14 Cannot export `weights.layers[]`, expected JSON, found a Float32Array',
      '14 Cannot export `nothing`, expected JSON, found undefined',
      '34 Cannot export `third`, expected JSON, found a symbol',
      '19 Cannot export `outer`, expected JSON, found a Set',
      '14 Cannot export `wait`, expected JSON, found a Promise',
      '14 Cannot export `table[...]`, expected JSON, found a RegExp',
    ])
  })

  it('should pass what is JSON, or may be', async (t) => {
    const said = await faultsOf(t, [
      'interface Tree { name: string; children: Tree[]; size?: number }\nexport const tree: Tree = { name: "a", children: [] }',
      'export const found = [1, 2].find((n) => n > 1)',
      'export const list = [1, "a", null, true, [{ a: { b: 1 } }]]',
      'export const pair: readonly [number, string] = [1, "a"]',
      'export const record: Record<string, number | undefined> = {}',
      'export const any: any = 1, unknown: unknown = 1',
      'export type Name = string\nexport interface Row { run(): void }\nexport const on = true as const',
      'export const enough = { ...{ a: 1 }, b: undefined }',
    ])
    assert.deepEqual(said, [])
  })

  it('should find a default export that cannot be shown, and pass what can', async (t) => {
    const output = "import { table } from 'weft/output'\nimport { lineChart } from 'weft/charts'\n"
    const wrong = await faultsOf(t, [
      'export default { accuracy: 1 }',
      'export default new Map([[1, 2]])',
      'export default async () => 1',
      'const wait = async () => "text"\nexport default wait()',
      'export default null',
      'export default ["text", [1], () => 1]',
      'export default function show() { return "text" }',
    ])
    const expected = 'expected a figure, table, prose, string, number or array of records'
    assert.deepEqual(wrong, [
      `16 Cannot show this, ${expected}, found an object of another kind`,
      `16 Cannot show this, ${expected}, found a Map`,
      `16 Cannot show this, ${expected}, found a function`,
      `16 Cannot show this, ${expected}, found a Promise`,
      `16 Cannot show this, ${expected}, found null`,
      `16 Cannot show this, ${expected}, found a function in a list`,
      `25 Cannot show this, ${expected}, found a function`,
    ])
    const right = await faultsOf(t, [
      'export default "text"',
      'export default [{ name: "a", size: 1 }]',
      'export default [1, "text", [{ a: 1 }]]',
      'export default new Date()',
      'export default { mean: 1, std: 0, n: 1, min: 1, max: 1 }',
      `${output}export default [table([{ a: 1 }]), lineChart([{ x: 1, y: 2 }], { x: { field: 'x' }, y: { field: 'y' }, alt: 'A line.' })]`,
      'export default Math.random() > 1 ? "text" : undefined',
      'export default JSON.parse("1")',
    ])
    assert.deepEqual(right, [])
  })
})
