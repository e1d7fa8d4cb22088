import assert from 'node:assert/strict'
import { execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import fs, {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { formatVersion, keyOf } from '../../../src/render/cache/key.ts'
import {
  fileOf,
  keysIn,
  openResultStore,
  serialize,
  storeOnce,
  toStoredResult,
  writeOnly,
} from '../../../src/render/cache/result-store.ts'
import { digestOf } from '../../../src/render/model/digest.ts'
import type { StoredResult } from '../../../src/render/model/types.ts'
import { cannotWrite, writeAtomic } from '../../../src/render/model/write-atomic.ts'
import { runFlags, runnableUrl } from '../../as-run.ts'
import { buildProject } from '../execute/build-project.ts'
import { cell, reportOf, temporaryProject } from '../execute/temporary-project.ts'

function storedOf(value: number): StoredResult {
  const parts = { format: formatVersion, bundle: digestOf(value) }
  return toStoredResult({
    key: keyOf(parts),
    parts,
    shown: [{ kind: 'scalar', text: String(value), raw: value }],
    exports: { value, list: [1, -0, { b: 1, a: 2 }], text: 'ü\u2028"' },
    measured: { time: 0.5 },
    provenance: {
      label: 'a',
      node: process.version,
      platform: 'test',
      cpu: 'test',
      computedAt: '2020-01-01T00:00:00.000Z',
      elapsedMs: 1,
      bytes: 1,
    },
  })
}

function open(t: Parameters<typeof temporaryProject>[0]) {
  const root = temporaryProject(t, {})
  const [accepted, kept] = [join(root, 'accepted'), join(root, 'kept')]
  const damaged: string[] = []
  const onDamaged = (path: string, reason: string) =>
    damaged.push(`${path.slice(root.length + 1)}: ${reason}`)
  return {
    accepted,
    kept,
    damaged,
    store: openResultStore({ layers: [accepted, kept], writeTo: kept, onDamaged }),
  }
}

test('a store should give back what it was given, byte for byte the same file each time', (t) => {
  const { store, kept, damaged } = open(t)
  const stored = storedOf(1)
  assert.equal(store.read(stored.key), undefined)
  store.write(stored)
  const bytes = readFileSync(fileOf(kept, stored.key), 'utf8')
  assert.deepEqual(store.read(stored.key), stored)
  store.write(store.read(stored.key)!)
  assert.equal(readFileSync(fileOf(kept, stored.key), 'utf8'), bytes)
  assert.equal(serialize(stored), bytes)
  assert.deepEqual([damaged, keysIn(kept), readdirSync(kept)], [[], [stored.key], [`${stored.key}.json`]])
  assert.deepEqual(keysIn(join(kept, 'none')), [])
})

test('a store should read its first layer first, and write its own alone', (t) => {
  const { store, accepted } = open(t)
  const stored = storedOf(1)
  const other = toStoredResult({ ...stored, exports: { value: 'accepted' } })
  store.write(stored)
  assert.equal(existsSync(accepted), false)
  writeAtomic(fileOf(accepted, stored.key), serialize(other))
  assert.deepEqual(store.read(stored.key)!.exports, { value: 'accepted' })
  rmSync(accepted, { recursive: true })
  assert.equal(store.read(stored.key)!.exports.value, 1)
})

// Also for modules that import the function by its name.
function replaceIn<Given extends unknown[]>(
  t: TestContext,
  name: 'renameSync' | 'readFileSync',
  by: (...given: Given) => unknown,
): void {
  const { mock } = t.mock.method(fs, name, by as never)
  syncBuiltinESMExports()
  t.after(() => {
    mock.restore()
    syncBuiltinESMExports()
  })
}

const harms: [string, (text: string) => string, RegExp][] = [
  ['truncated', (text) => text.slice(0, text.length / 2), /expected JSON, found/],
  ['empty', () => '', /expected JSON, found/],
  [
    'a changed digit of a result',
    (text) => text.replace('"value":1', '"value":2'),
    /expected content \w{12}, found \w{12}/,
  ],
  ['a changed output', (text) => text.replace('"text":"1"', '"text":"7"'), /expected content/],
  ['a changed measure', (text) => text.replace('"time":0.5', '"time":0.6'), /expected content/],
  ['a removed export', (text) => text.replace('"value":1,', ''), /expected content/],
  ['a changed digest', (text) => text.replace(/"content": "./, '"content": "x'), /expected content/],
  [
    'another key',
    (text) => text.replace(/"key": "..../, '"key": "0000'),
    /expected the key \w{12}, found 0000/,
  ],
  ['other parts', (text) => text.replace(/"bundle":"..../, '"bundle":"0000'), /expected the key/],
  [
    'another format',
    (text) => text.replace(`"format":"${formatVersion}"`, '"format":"0"'),
    /expected format 1, found 0/,
  ],
  ['other JSON', () => '{"a": 1}', /expected a stored result, found other JSON/],
  ['null', () => 'null', /expected a stored result/],
  ['without exports', (text) => text.replace(/"exports": [^\n]*\n/, ''), /expected content/],
  ['without parts', (text) => text.replace(/"parts": [^\n]*\n/, ''), /expected format 1, found undefined/],
]

test('a store should report a damaged file once, and not use it', (t) => {
  for (const [what, harm, reason] of harms) {
    const { store, kept, damaged } = open(t)
    const stored = storedOf(1)
    const path = fileOf(kept, stored.key)
    const text = harm(serialize(stored))
    assert.notEqual(text, serialize(stored), what)
    mkdirSync(kept, { recursive: true })
    writeFileSync(path, text)
    assert.equal(store.read(stored.key), undefined, what)
    assert.equal(store.read(stored.key), undefined, what)
    assert.equal(damaged.length, 1, what)
    assert.ok(damaged[0]!.startsWith(`kept/${stored.key}.json: `), damaged[0])
    assert.match(damaged[0]!, reason, what)
  }
})

test('a store should set a damaged file of its own aside, and leave an accepted one', (t) => {
  const { store, accepted, kept, damaged } = open(t)
  const stored = storedOf(1)
  const name = `${stored.key}.json`
  store.write(stored)
  const whole = readFileSync(fileOf(kept, stored.key), 'utf8')
  writeFileSync(fileOf(kept, stored.key), whole.replace('"value":1', '"value":2'))
  writeAtomic(fileOf(accepted, stored.key), '{')
  assert.equal(store.read(stored.key), undefined)
  assert.equal(damaged.length, 2)
  assert.match(damaged[0]!, /^accepted\/.*: expected JSON, found [^,]*$/)
  assert.match(
    damaged[1]!,
    /^kept\/.*: expected content \w{12}, found \w{12}, which is set aside as .*\.aside$/,
  )
  assert.deepEqual([readdirSync(accepted), readdirSync(kept)], [[name], [`${name}.aside`]])
  store.write(stored)
  rmSync(accepted, { recursive: true })
  assert.deepEqual(store.read(stored.key), stored)
})

test('a store should use a result that another process writes while it sets a damaged one aside', (t) => {
  const { store, kept, damaged } = open(t)
  const stored = storedOf(1)
  const path = fileOf(kept, stored.key)
  mkdirSync(kept)
  writeFileSync(path, '{')
  // Between the look at the file and its removal, the other process puts a whole one there.
  const { renameSync } = fs
  replaceIn(t, 'renameSync', (from: string, to: string) => {
    if (from === path) writeFileSync(path, serialize(stored))
    renameSync(from, to)
  })
  assert.deepEqual(store.read(stored.key), stored)
  assert.deepEqual([damaged, readdirSync(kept)], [[], [`${stored.key}.json`]])
})

test('a store should read a file again that another machine has replaced on NFS', (t) => {
  const { store, damaged } = open(t)
  const stored = storedOf(1)
  store.write(stored)
  const { readFileSync } = fs
  let times = 0
  replaceIn(t, 'readFileSync', (...given: Parameters<typeof readFileSync>) => {
    if (times++ === 0) throw Object.assign(new Error('ESTALE: stale file handle, read'), { code: 'ESTALE' })
    return readFileSync(...given)
  })
  assert.deepEqual([store.read(stored.key), damaged, times], [stored, [], 2])
})

test('writeAtomic should take a rename as done that NFS has repeated, and no other that failed', (t) => {
  const root = temporaryProject(t, { other: 'old' })
  const { renameSync } = fs
  replaceIn(t, 'renameSync', (from: string, to: string) => {
    if (!to.endsWith('other')) renameSync(from, to)
    throw Object.assign(new Error('ENOENT: no such file or directory, rename'), { code: 'ENOENT' })
  })
  writeAtomic(join(root, 'file'), 'new')
  assert.equal(readFileSync(join(root, 'file'), 'utf8'), 'new')
  assert.throws(() => writeAtomic(join(root, 'other'), 'new'), /Cannot write .*other: ENOENT/)
})

test('a store should note the use of a result of its own, at most once a day', (t) => {
  const { store, accepted, kept } = open(t)
  const stored = storedOf(1)
  store.write(stored)
  writeAtomic(fileOf(accepted, stored.key), serialize(stored))
  const paths = [fileOf(accepted, stored.key), fileOf(kept, stored.key)] as const
  const [hourAgo, weekAgo] = [1, 7 * 24].map(
    (hours) => new Date(1_000 * Math.floor(Date.now() / 1_000 - hours * 3_600)),
  )
  for (const path of paths) utimesSync(path, weekAgo!, weekAgo!)
  store.read(stored.key)
  // No build changes what was accepted.
  assert.deepEqual(
    paths.map((path) => statSync(path).mtimeMs),
    [weekAgo, weekAgo].map(Number),
  )
  rmSync(accepted, { recursive: true })
  assert.deepEqual(store.read(stored.key), stored)
  assert.ok(Date.now() - statSync(paths[1]).mtimeMs < 3_600_000)
  utimesSync(paths[1], hourAgo!, hourAgo!)
  assert.deepEqual(store.read(stored.key), stored)
  assert.equal(statSync(paths[1]).mtimeMs, Number(hourAgo))
})

test('a store should set a folder aside that is in the place of a result', (t) => {
  const { store, accepted, kept, damaged } = open(t)
  const stored = storedOf(1)
  const name = `${stored.key}.json`
  mkdirSync(join(kept, name, 'precious'), { recursive: true })
  mkdirSync(join(kept, `${name}.aside`))
  assert.equal(store.read(stored.key), undefined)
  store.write(stored)
  assert.deepEqual(store.read(stored.key), stored)
  const what = 'expected a file, found a folder or another kind'
  assert.deepEqual(damaged, [`kept/${name}: ${what}, which is set aside as ${name}.aside-2`])
  assert.deepEqual(readdirSync(join(kept, `${name}.aside-2`)), ['precious'])
  // No build changes what was accepted.
  mkdirSync(join(accepted, name), { recursive: true })
  assert.deepEqual(store.read(stored.key), stored)
  assert.deepEqual(damaged.slice(1), [`accepted/${name}: ${what}`])
  assert.deepEqual([readdirSync(accepted), keysIn(accepted)], [[name], []])
})

test('a store should not wait for a pipe in the place of a result', {
  skip: process.platform === 'win32',
}, (t) => {
  const { store, kept, damaged } = open(t)
  const stored = storedOf(1)
  mkdirSync(kept)
  execFileSync('mkfifo', [fileOf(kept, stored.key)])
  assert.equal(store.read(stored.key), undefined)
  assert.match(damaged.join(), /found a folder or another kind, which is set aside/)
})

test('a store should fall back to its other layer where the first is damaged', (t) => {
  const { store, accepted, damaged } = open(t)
  const stored = storedOf(1)
  store.write(stored)
  writeAtomic(fileOf(accepted, stored.key), '{')
  assert.deepEqual(store.read(stored.key), stored)
  assert.equal(damaged.length, 1)
})

test('a damaged result should be computed again, and be whole after that', async (t) => {
  const root = temporaryProject(t, { 'report.md': reportOf(cell('a', 'export const a = 1')) })
  await buildProject(root)
  const toStoredResult = join(root, 'dist/.cache/freeze')
  const [name] = readdirSync(toStoredResult)
  const whole = readFileSync(join(toStoredResult, name!), 'utf8')
  writeFileSync(join(toStoredResult, name!), whole.replace('"a":1', '"a":2'))
  const again = await buildProject(root)
  assert.deepEqual([again.states, again.exports], [{ a: 'ran' }, { a: 1 }])
  assert.equal(again.damaged.length, 1)
  const third = await buildProject(root)
  assert.deepEqual([third.states, third.damaged], [{ a: 'reused' }, []])
})

test('accepted results should be read without a cache, and not written', async (t) => {
  const root = temporaryProject(t, { 'report.md': reportOf(cell('a', 'export const a = 1')) })
  await buildProject(root)
  cpSync(join(root, 'dist/.cache/freeze'), join(root, 'freeze'), { recursive: true })
  rmSync(join(root, 'dist'), { recursive: true })
  const before = readdirSync(join(root, 'freeze'))
  assert.deepEqual((await buildProject(root)).states, { a: 'reused' })
  assert.deepEqual(readdirSync(join(root, 'freeze')), before)
})

test('a writeOnly store should find nothing and keep what is new', (t) => {
  const { store } = open(t)
  const stored = storedOf(1)
  store.write(stored)
  const all = writeOnly(store)
  assert.equal(all.read(stored.key), undefined)
  all.write(storedOf(2))
  assert.deepEqual(store.read(storedOf(2).key), storedOf(2))
})

test('writeAtomic should leave no temporary file, and say how a folder that cannot be written is to be helped', (t) => {
  const root = temporaryProject(t, { file: 'old' })
  writeAtomic(join(root, 'file'), 'new')
  writeAtomic(join(root, 'deep/er/bytes'), new Uint8Array([1, 2]))
  assert.equal(readFileSync(join(root, 'file'), 'utf8'), 'new')
  assert.throws(
    () => writeAtomic(join(root, 'file/below'), 'x'),
    /Cannot write .*file\/below: .*Make the folder writable, or choose another with --out/,
  )
  mkdirSync(join(root, 'folder'))
  assert.throws(
    () => writeAtomic(join(root, 'folder'), 'x'),
    /Cannot write .*folder: expected a file, found a folder\. Move it away$/,
  )
  assert.deepEqual(readdirSync(root).sort(), ['deep', 'file', 'folder', 'package.json'])
  assert.deepEqual(readdirSync(join(root, 'deep/er')), ['bytes'])
})

test('cannotWrite should say what to do when a disk is full', () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
  const { message, cause } = cannotWrite('/a/b.json', full)
  assert.equal(
    message,
    'Cannot write /a/b.json: no space is left on the disk. Free some, and run the command again: finished results are kept, and what was accepted before is unchanged',
  )
  assert.equal(cause, full)
})

test('processes that write the same keys should leave whole files and nothing else', async (t) => {
  const root = temporaryProject(t, {
    'writer.mjs': `
import { openResultStore } from ${JSON.stringify(runnableUrl(new URL('../../../src/render/cache/result-store.ts', import.meta.url)))}
const [folder, mark] = process.argv.slice(2)
const { stored } = JSON.parse(process.env.FROZEN)
const damaged = []
const store = openResultStore({ layers: [folder], writeTo: folder, onDamaged: (_, reason) => damaged.push(reason) })
let found = 0
for (let round = 0; round < 100; round++)
  for (const one of stored) {
    store.write({ ...one, provenance: { ...one.provenance, cpu: mark } })
    if (store.read(one.key)) found++
  }
process.send({ damaged, found })
`,
  })
  const folder = join(root, 'freeze')
  const stored = [1, 2, 3].map(storedOf)
  const answers = await Promise.all(
    ['one', 'two', 'three', 'four'].map(async (mark) => {
      const child = fork(join(root, 'writer.mjs'), [folder, mark.repeat(2000)], {
        execArgv: [...runFlags],
        env: { ...process.env, FROZEN: JSON.stringify({ stored }) },
      })
      const [answer] = (await once(child, 'message')) as [{ damaged: string[]; found: number }]
      await once(child, 'exit')
      return answer
    }),
  )
  assert.deepEqual(answers, [
    { damaged: [], found: 300 },
    { damaged: [], found: 300 },
    { damaged: [], found: 300 },
    { damaged: [], found: 300 },
  ])
  assert.deepEqual(readdirSync(folder).sort(), stored.map(({ key }) => `${key}.json`).sort())
})

test('runCells should fail as a whole, without loose rejections, where results cannot be kept', async (t) => {
  const root = temporaryProject(t, {
    'report.md': reportOf(['a', 'b', 'c'].map((label) => cell(label, `export const ${label} = 1`)).join('')),
    'dist/.cache/freeze': 'a file in the way',
  })
  const loose: unknown[] = []
  const onLoose = (reason: unknown) => loose.push(reason)
  process.on('unhandledRejection', onLoose)
  t.after(() => process.off('unhandledRejection', onLoose))
  await assert.rejects(buildProject(root), /Cannot write .*dist\/\.cache\/freeze/)
  await new Promise((resolve) => setTimeout(resolve, 50))
  assert.deepEqual(loose, [])
})

test('a store should read a file once, and again when it has changed', (t) => {
  const { store, kept, damaged } = open(t)
  const stored = storedOf(1)
  store.write(stored)
  const first = store.read(stored.key)
  assert.equal(store.read(stored.key), first)
  const path = fileOf(kept, stored.key)
  const text = readFileSync(path, 'utf8')
  writeFileSync(path, text.replace('"value":1', '"value":2'))
  assert.equal(store.read(stored.key), undefined)
  assert.equal(damaged.length, 1)
  writeFileSync(path, text)
  assert.deepEqual(store.read(stored.key), stored)
  rmSync(path)
  assert.equal(store.read(stored.key), undefined)
})

test('storeOnce should keep what another build has stored meanwhile, unless more than its times differs', (t) => {
  const { store } = open(t)
  const first = storedOf(1)
  const slower = toStoredResult({ ...first, measured: { time: 0.75 } })
  const other = toStoredResult({ ...first, exports: { value: 2 } })
  assert.deepEqual(storeOnce(store, first), first)
  assert.deepEqual(storeOnce(store, slower), first)
  assert.deepEqual(storeOnce(store, other), other)
  assert.deepEqual(store.read(first.key), other)
  assert.deepEqual(storeOnce(writeOnly(store), slower), slower, 'whoever computes again wants the new times')
  assert.deepEqual(store.read(first.key), slower)
})
