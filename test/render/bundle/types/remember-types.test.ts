import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import type { Checker } from '../../../../src/render/bundle/types/open-checker.ts'
import { openChecker } from '../../../../src/render/bundle/types/open-checker.ts'
import { checkRemembered } from '../../../../src/render/bundle/types/remember-types.ts'
import { cell, type Files, reportOf, writeFiles } from '../../execute/temporary-project.ts'
import { linesOf, treeOf, typescriptProject } from './typescript-project.ts'

const files: Files = {
  'report.md': reportOf(
    cell(
      'a',
      "import { size } from './size'",
      "import { p } from 'p'",
      "import rows from './rows.csv'",
      'export const a: string = size + p + rows.length',
    ),
  ),
  'size.ts': "export { size } from './value.ts'\n",
  'value.ts': 'export const size: number = 1\n',
  'rows.csv': 'a\n1\n',
  'tsconfig.json': '{ "extends": "./base.json" }',
  'base.json': '{ "compilerOptions": { "strict": true } }',
  'node_modules/p/package.json': '{ "name": "p", "version": "1.0.0", "types": "p.d.ts" }',
  'node_modules/p/p.d.ts': 'export const p: number\n',
}

const changes: Readonly<Record<string, Files>> = {
  'a module': { 'value.ts': 'export const size: number = 2\n' },
  'a data file': { 'rows.csv': 'b\n1\n' },
  'settings that are extended': { 'base.json': '{ "compilerOptions": { "strict": false } }' },
  'the version of a package': {
    'node_modules/p/package.json': '{ "name": "p", "version": "1.0.1", "types": "p.d.ts" }',
  },
  'a file that is found first': {
    'report.md.ts': '',
    'size.tsx': '',
    'node_modules/p.ts': '',
    'size.d.ts': '',
  },
  'a cell': { 'report.md': (files['report.md'] as string).replace('rows.length', '0') },
}

describe('checkRemembered', () => {
  it('should check again only if something that decides the types changed', async (t) => {
    const root = typescriptProject(t, files)
    let count = 0
    const checker = countingChecker(t, () => count++)
    const store = join(root, 'dist/.cache/types.json')
    mkdirSync(join(root, 'dist/.cache'), { recursive: true })
    const check = async () => linesOf(await checkRemembered(treeOf(root), checker, store))
    const wrong = /^report\.md:9:14 Type `number` is not assignable to type `string`/
    const [first] = await check()
    assert.match(first!, wrong)
    // Prose moves what was found.
    writeFiles(root, { 'report.md': (files['report.md'] as string).replace('\n```ts', '\nWords.\n\n```ts') })
    assert.match((await check())[0]!, /^report\.md:11:14 /)
    assert.equal(count, 1)
    for (const [what, change] of Object.entries(changes)) {
      writeFiles(root, files)
      await check()
      const before: number = count
      await check()
      assert.equal(count, before, 'nothing changed')
      writeFiles(root, change)
      await check()
      assert.equal(count, before + 1, what)
    }
    assert.ok(!readFileSync(store, 'utf8').includes('export const a'))
  })

  it('should wait for a check of the same, and give its findings', async (t) => {
    const root = typescriptProject(t, files)
    const store = join(root, 'dist/.cache/types.json')
    let count = 0
    const check = async () => linesOf(await checkRemembered(treeOf(root), checker, store))
    let second: Promise<string[]> | undefined
    const checker = countingChecker(t, () => {
      count++
      second ??= check()
    })
    const first = await check()
    assert.match(first[0]!, /^report\.md:9:14 Type `number`/)
    assert.deepEqual(await second, first)
    assert.equal(count, 1)
    assert.ok(!existsSync(`${store}.running`))
  })

  it('should check itself if the other check is of something else, or will not end', {
    timeout: 120_000,
  }, async (t) => {
    const root = typescriptProject(t, files)
    const store = join(root, 'dist/.cache/types.json')
    const note = `${store}.running`
    const check = (checker: Checker) => checkRemembered(treeOf(root), checker, store)
    let noted = ''
    await check(countingChecker(t, () => (noted = readFileSync(note, 'utf8'))))
    const own = JSON.parse(noted) as Record<string, unknown>
    assert.equal(own.pid, process.pid)
    const dead = spawnSync(process.execPath, ['--version']).pid
    const useless = {
      'another key': { key: 'other' },
      'another machine': { machine: 'other' },
      'a process that has ended': { pid: dead },
      'a process that takes too long': { startedAt: Date.now() - 30_000 },
    }
    for (const [what, change] of Object.entries(useless)) {
      rmSync(store)
      writeFileSync(note, JSON.stringify({ ...own, startedAt: Date.now() + 1e9, ...change }))
      let count = 0
      const findings = await check(countingChecker(t, () => count++))
      assert.deepEqual([count, findings.length], [1, 1], what)
    }
  })

  it('should wait no longer once the checker is closed', { timeout: 60_000 }, async (t) => {
    const root = typescriptProject(t, files)
    const store = join(root, 'dist/.cache/types.json')
    let text = ''
    const first = countingChecker(t, () => (text = readFileSync(`${store}.running`, 'utf8')))
    await checkRemembered(treeOf(root), first, store)
    rmSync(store)
    writeFileSync(`${store}.running`, JSON.stringify({ ...JSON.parse(text), startedAt: Date.now() + 1e9 }))
    const checker = openChecker()
    const waiting = checkRemembered(treeOf(root), checker, store)
    await checker.close()
    assert.match(linesOf(await waiting)[0]!, /the checker was closed/)
  })
})

// Calls back before each check.
function countingChecker(t: TestContext, onCheck: () => void): Checker {
  const real = openChecker()
  t.after(() => real.close())
  return {
    ...real,
    check(source) {
      onCheck()
      return real.check(source)
    },
  }
}
