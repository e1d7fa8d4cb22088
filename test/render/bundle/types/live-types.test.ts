import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { openTypes } from '../../../../src/render/bundle/types/live-types.ts'
import { cell, reportOf, temporaryProject, values, writeFiles } from '../../execute/temporary-project.ts'
import { linesOf, treeOf, typescriptProject } from './typescript-project.ts'

describe('openTypes', () => {
  it('should follow edits of prose, cells, modules, data and settings', async (t) => {
    const report = (before: string, first: string) =>
      reportOf(
        [
          before,
          cell('one', "import { size } from './size.ts'", "import rows from './rows.csv'", first),
          cell('two', 'export const twice: number = one * 2', 'export const name = rowsOf[0]!.name'),
          values('twice'),
        ].join('\n'),
      )
    const one = 'export const one = size, rowsOf = rows'
    const root = typescriptProject(t, {
      'report.md': report('Words.', one),
      'size.ts': 'export const size: number = 1\n',
      'rows.csv': 'name,n\na,1\n',
    })
    const types = openTypes(root)
    t.after(() => types.close())
    const check = async () => linesOf(await types.check(treeOf(root)))
    const write = (path: string, text: string) => writeFiles(root, { [path]: text })

    assert.deepEqual(await check(), [])
    write('report.md', report('Words.\n\nMore words.', "export const one = 'text', rowsOf = rows"))
    assert.deepEqual(await check(), [
      'report.md:16:30 The left-hand side of an arithmetic operation must be of type `any`, `number`, `bigint` or an enum type (TS2362)',
    ])
    // Nothing but the place changes.
    write('report.md', report('Words.', "export const one = 'text', rowsOf = rows"))
    assert.match((await check())[0]!, /^report\.md:14:30 /)
    write('report.md', report('Words.', one))
    assert.deepEqual(await check(), [])
    write('size.ts', 'export const size: string = "long"\n')
    assert.match((await check())[0]!, /^report\.md:14:30 .*TS2362/)
    write('size.ts', 'export const size: number = 20\n')
    write('rows.csv', 'title,n\na,1\n')
    assert.match((await check())[0]!, /^report\.md:15:32 Property `name` does not exist on type `\{ title: /)
    write('rows.csv', 'name,n\na,1\n')
    assert.deepEqual(await check(), [])
    rmSync(join(root, 'size.ts'))
    assert.match((await check())[0]!, /^report\.md:7:22 Cannot find module `\.\/size\.ts`/)
    write('size.ts', 'export const size: number = null\n')
    assert.match((await check()).join('\n'), /^size\.ts:1:14 Type `null` is not assignable to type `number`/)
    write('tsconfig.json', '{ "compilerOptions": { "strict": false } }')
    assert.deepEqual(await check(), [])
    write('tsconfig.json', '{ "compilerOptions": ')
    assert.match(
      (await check()).join('\n'),
      /^report\.md:1:1 Cannot check types: Cannot read .*tsconfig\.json/,
    )
    rmSync(join(root, 'tsconfig.json'))
    write('size.ts', 'export const size: number = 1\n')
    assert.deepEqual(await check(), [])
  })

  it('should give all who wait the findings of the last version', async (t) => {
    const versions = ['1', "'a'", "'b'", '2', "'c'"]
    const root = typescriptProject(t, {})
    const trees = versions.map((value) => {
      writeFiles(root, { 'report.md': reportOf(cell('a', `export const a: number = ${value}`)) })
      return treeOf(root)
    })
    const types = openTypes(root)
    t.after(() => types.close())
    const found = await Promise.all(trees.map((tree) => types.check(tree)))
    const wrong = 'report.md:6:14 Type `string` is not assignable to type `number` (TS2322)'
    assert.deepEqual(
      found.map(linesOf),
      versions.map(() => [wrong]),
    )
  })

  it('should find nothing, and say nothing, if the project has no TypeScript', async (t) => {
    const root = temporaryProject(t, { 'report.md': reportOf(cell('a', "export const a: number = 'a'")) })
    const types = openTypes(root)
    t.after(() => types.close())
    assert.deepEqual(await types.check(treeOf(root)), [])
    writeFiles(root, {
      'node_modules/typescript/package.json': '{ "name": "typescript", "version": "7.0.2" }',
    })
    assert.deepEqual(await types.check(treeOf(root)), [])
  })
})
