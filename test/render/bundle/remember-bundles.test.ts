import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { kinds } from '../../../src/render/assemble/registers/fill-register.ts'
import { BundleMemory } from '../../../src/render/bundle/bundle-memory.ts'
import { bundleReport } from '../../../src/render/bundle/bundle-report.ts'
import { bundleRemembered } from '../../../src/render/bundle/remember-bundles.ts'
import { readVerified, writeVerified } from '../../../src/render/model/cache-file.ts'
import { parse } from '../../../src/render/syntax/parse.ts'
import { readReport } from '../../../src/render/syntax/read-report.ts'
import { cell, type Files, reportOf, temporaryProject, writeFiles } from '../execute/temporary-project.ts'

type Test = Parameters<typeof temporaryProject>[0]

const files: Files = {
  'report.md': reportOf(
    [
      '# Sums',
      cell(
        'one',
        "import { two } from './src/two.ts'",
        "import rows from './rows.csv'",
        'export const a = two + rows.length',
      ),
      cell(
        'two',
        "import { plus } from '#lib/plus'",
        "import { p } from 'p'",
        'export const b = plus(a) + p',
      ),
    ].join('\n'),
    { params: { full: { size: 1 } } },
  ),
  'src/two.ts': "export { value as two } from './value.ts'",
  'src/value.ts': 'export const value = 2',
  'lib/plus.ts': 'export const plus = (n: number) => n + 1',
  'rows.csv': 'a\n1\n',
  'package.json': '{ "name": "sums", "type": "module", "imports": { "#lib/*": "./lib/*.ts" } }',
  'node_modules/p/package.json': '{ "name": "p", "version": "1.0.0", "main": "p.js" }',
  'node_modules/p/p.js': 'exports.p = 1',
}

/** Bundles a project as a build does, with the same store each time. */
function open(t: Test, more: Files = {}) {
  const root = temporaryProject(t, { ...files, ...more })
  const store = join(root, 'dist/.cache/bundles.json')
  const memory = new BundleMemory()
  const tree = () => parse(readReport(join(root, 'report.md'), undefined), kinds)
  return {
    root,
    store,
    bundle: () => bundleRemembered(tree(), store),
    /** Bundles as a preview does, which remembers each cell. */
    update: () => bundleRemembered(tree(), store, memory),
    memory,
    fresh: () => bundleReport(tree()),
    /** Marks the stored code, so that a bundle shows whether it comes from the store. */
    mark() {
      const stored = readVerified<{ readonly memory: { readonly codes: readonly string[] } }>(store)!
      const codes = stored.memory.codes.map((code) => `/* stored */${code}`)
      writeVerified(store, { ...stored, memory: { ...stored.memory, codes } })
    },
  }
}

type Bundled = Awaited<ReturnType<typeof bundleReport>>

const storedOf = ({ cells }: Bundled) =>
  [...cells.values()].filter(({ code }) => code.includes('/* stored */')).map(({ label }) => label)

const isStored = (bundled: Bundled) => storedOf(bundled).length > 0

/** Takes the marks from the code of bundles. */
const unmarked = ({ cells, owners }: Bundled) => ({
  owners,
  cells: new Map(
    [...cells].map(([label, bundle]) => [
      label,
      { ...bundle, code: bundle.code.replace('/* stored */', '') },
    ]),
  ),
})

describe('bundleRemembered', () => {
  it('should give the bundles of the last build, equal to new ones', async (t) => {
    const { bundle, fresh, mark } = open(t)
    const first = await bundle()
    assert.deepEqual(first, await fresh())
    assert.deepEqual(await bundle(), first)
    mark()
    assert.ok(isStored(await bundle()))
  })

  const edited = (cells: string) =>
    (files['report.md'] as string).replace('export const a = two + rows.length', cells)
  // The last names the cells whose bundles it leaves as they were.
  const changes: [string, Files, string][] = [
    ['a cell', { 'report.md': edited('export const a = two * 2') }, 'two'],
    [
      'the place of a cell',
      { 'report.md': (files['report.md'] as string).replace('# Sums', '# Sums\n\nMore.') },
      'one two',
    ],
    ['the names of params', { 'report.md': (files['report.md'] as string).replace('size', 'length') }, ''],
    ['a module', { 'src/value.ts': 'export const value = 3' }, 'two'],
    [
      'a module without code of its own',
      {
        'src/two.ts': "export { other as two } from './value.ts'",
        'src/value.ts': 'export const value = 2, other = 3',
      },
      'two',
    ],
    ['a data file', { 'rows.csv': 'a\n2\n' }, 'two'],
    [
      'package.json',
      {
        'package.json': (files['package.json'] as string).replace('./lib/*', './src/*'),
        'src/plus.ts': 'export const plus = (n: number) => n',
      },
      '',
    ],
    ['a new package.json beside a module', { 'src/package.json': '{ "sideEffects": false }' }, 'two'],
    [
      'a new tsconfig.json',
      { 'tsconfig.json': '{ "compilerOptions": { "useDefineForClassFields": false } }' },
      '',
    ],
    [
      'a package that is nearer',
      {
        'report.md': files['report.md']!,
        'lib/node_modules/p/package.json': '{ "name": "p", "version": "2.0.0" }',
        'lib/plus.ts': "import { p } from 'p'\nexport const plus = (n: number) => n + p",
      },
      'one',
    ],
  ]
  for (const [what, changed, kept] of changes)
    it(`should bundle again what a change of ${what} decides`, async (t) => {
      const { root, bundle, fresh, mark } = open(t)
      await bundle()
      mark()
      writeFiles(root, changed)
      const next = await bundle()
      assert.equal(storedOf(next).join(' '), kept)
      assert.deepEqual(unmarked(next), await fresh())
      mark()
      assert.equal(storedOf(await bundle()).length, 2, 'all are stored for the next build')
    })

  for (const way of ['its own bundles', 'those of the last build'])
    for (const [what, changed] of changes)
      it(`should bundle again with the memory of ${way} after a change of ${what}`, async (t) => {
        const { root, bundle, update, fresh } = open(t)
        if (way === 'those of the last build') await bundle()
        const first = await update()
        assert.deepEqual(first, await fresh())
        writeFiles(root, changed)
        assert.deepEqual(await update(), await fresh())
        writeFiles(root, files)
        for (const path of Object.keys(changed)) if (!(path in files)) rmSync(join(root, path))
        assert.deepEqual(await update(), first)
      })

  it('should bundle only what an edit touches, and leave the rest for the next build', async (t) => {
    const { root, update, bundle, mark, memory } = open(t, {
      'report.md': `${files['report.md']}\n${cell('three', 'export const c = b + 1')}`,
    })
    const first = await update()
    const change = async (changed: Files) => {
      writeFiles(root, changed)
      const next = await update()
      return ['one', 'two', 'three'].filter((label) => next.cells.get(label) !== first.cells.get(label))
    }
    const text = `${files['report.md']}\n${cell('three', 'export const c = b + 1')}`
    assert.deepEqual(await change({ 'report.md': text.replace('plus(a) + p', 'plus(a) - p') }), ['two'])
    assert.deepEqual(await change({ 'report.md': text.replace('export const b', 'export const d = 1, b') }), [
      'two',
    ])
    assert.deepEqual(await change({ 'lib/plus.ts': 'export const plus = (n: number) => n + 2' }), ['two'])
    memory.save()
    mark()
    assert.ok(isStored(await bundle()))
    await change({ 'report.md': text.replace('export const b', 'export const a') })
    assert.deepEqual((await update()).cells.size, 2, 'a name that is taken')
    assert.deepEqual(await change({ 'report.md': text }), ['two', 'three'], 'both were bundled without')
  })

  it('should not bundle again what only moves in its chapter', async (t) => {
    const { root, bundle, update, fresh, mark } = open(t)
    await bundle()
    mark()
    assert.ok(isStored(await update()))
    const moved = (files['report.md'] as string).replace('# Sums', '# Sums\n\nMore.\n\nAnd more.')
    for (const text of [moved, moved.replace('More.\n\n', ''), files['report.md'] as string]) {
      writeFiles(root, { 'report.md': text })
      const now = await update()
      assert.ok(isStored(now))
      const maps = ({ cells }: Awaited<ReturnType<typeof fresh>>) =>
        [...cells.values()].map(({ map }) => JSON.parse(map))
      assert.deepEqual(maps(now), maps(await fresh()))
    }
  })

  it('should find a fault in an imported module in the cells that import it alone', async (t) => {
    const { root, update } = open(t)
    const first = await update()
    writeFiles(root, { 'src/value.ts': 'export const value = ;' })
    const broken = await update()
    assert.deepEqual([...broken.cells.keys()], ['two'])
    assert.equal(broken.cells.get('two'), first.cells.get('two'))
    writeFiles(root, files)
    assert.deepEqual(await update(), first)
  })

  it('should notice a package that appears nearer to a module that already imports one', async (t) => {
    const { root, bundle, mark } = open(t, {
      'lib/plus.ts': "import { p } from 'p'\nexport const plus = (n: number) => n + p",
    })
    await bundle()
    mark()
    assert.ok(isStored(await bundle()))
    writeFiles(root, { 'lib/node_modules/p/package.json': '{ "name": "p", "version": "2.0.0" }' })
    const next = await bundle()
    assert.ok(!isStored(next))
    assert.match(Object.keys(next.cells.get('two')!.packages).join(), /p@2\.0\.0/)
    mark()
    writeFiles(root, { 'lib/node_modules/p/package.json': '{ "name": "p", "version": "3.0.0" }' })
    const last = await bundle()
    assert.ok(!isStored(last), 'another version in the same folder')
    assert.match(Object.keys(last.cells.get('two')!.packages).join(), /p@3\.0\.0/)
  })

  it('should notice another package at the root, if a module has a link to the one that was there', async (t) => {
    const { root, bundle, fresh, mark } = open(t, {
      // No cell imports the package itself.
      'report.md': (files['report.md'] as string).replace("import { p } from 'p'", '').replace(' + p', ''),
      'lib/plus.ts': "import { p } from 'p'\nexport const plus = (n: number) => n + p",
      'node_modules/.store/p/node_modules/p/package.json': '{ "name": "p", "version": "1.0.0" }',
    })
    rmSync(join(root, 'node_modules/p'), { recursive: true })
    mkdirSync(join(root, 'lib/node_modules'))
    for (const place of ['node_modules/p', 'lib/node_modules/p'])
      symlinkSync(join(root, 'node_modules/.store/p/node_modules/p'), join(root, place))
    await bundle()
    mark()
    rmSync(join(root, 'node_modules/p'))
    writeFiles(root, { 'node_modules/p/package.json': '{ "name": "p", "version": "2.0.0" }' })
    const next = await bundle()
    assert.ok(!isStored(next))
    assert.deepEqual(next, await fresh())
  })

  const unsure: [string, Files][] = [
    ['an import without its extension', { 'src/two.ts': "export { value as two } from './value'" }],
    [
      'an import of a folder',
      {
        'src/two.ts': "export { value as two } from './deep'",
        'src/deep/index.ts': 'export const value = 2',
      },
    ],
    [
      'an import with several targets',
      { 'package.json': (files['package.json'] as string).replace('"./lib/*.ts"', '["./lib/*.ts"]') },
    ],
    ['a cell with an error', { 'report.md': edited('export const a = ;') }],
  ]
  for (const [what, changed] of unsure)
    it(`should remember nothing with ${what}`, async (t) => {
      const { bundle, store } = open(t, changed)
      await bundle()
      assert.ok(!existsSync(store))
    })

  it('should remember nothing with a package of the workspace', async (t) => {
    const { root, bundle, store } = open(t, {
      'packages/p/package.json': '{ "name": "p", "version": "1.0.0", "main": "p" }',
      'packages/p/p.js': 'exports.p = 1',
    })
    rmSync(join(root, 'node_modules/p'), { recursive: true })
    symlinkSync(join(root, 'packages/p'), join(root, 'node_modules/p'), 'junction')
    await bundle()
    assert.ok(!existsSync(store))
  })

  it('should bundle again if the store is damaged or cannot be written', async (t) => {
    const { bundle, fresh, store } = open(t)
    await bundle()
    writeFileSync(store, '{"key":')
    assert.deepEqual(await bundle(), await fresh())
    // Still JSON, with another number in the code.
    const whole = readFileSync(store, 'utf8')
    const changed = whole.replace(/("codes":\["[^"]*)1/, (_, before: string) => `${before}2`)
    assert.notEqual(changed, whole)
    writeFileSync(store, changed)
    assert.deepEqual(await bundle(), await fresh())
    const blocked = open(t, { 'dist/.cache': 'a file' })
    assert.deepEqual((await blocked.bundle()).cells.size, 2)
  })
})
