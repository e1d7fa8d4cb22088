import assert from 'node:assert/strict'
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { openWatcher } from '../../../src/render/preview/watch.ts'

interface Watching {
  readonly folder: string
  /** Waits for the next change, and gives the names of the files. */
  next(): Promise<string[]>
  /** Names of all files that changed so far. */
  readonly all: readonly string[]
  /** Names the watched files again, as each update does. */
  again(): void
}

function watching(
  test: TestContext,
  files: Record<string, string>,
  outside: readonly string[] = [],
): Watching {
  const box = realpathSync(mkdtempSync(join(tmpdir(), 'weft-watch-')))
  const folder = join(box, 'report')
  mkdirSync(join(folder, 'dist'), { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const seen: string[] = []
  let taken = 0
  const watcher = openWatcher((paths) => seen.push(...paths.map((path) => basename(path))))
  const except = [join(folder, 'dist')]
  const again = () =>
    watcher.follow(
      { trees: [folder], folders: [], files: outside.map((name) => join(folder, name)), except },
      Number.POSITIVE_INFINITY,
    )
  test.after(() => {
    watcher.close()
    rmSync(box, { recursive: true })
  })
  again()
  return {
    folder,
    all: seen,
    again,
    async next() {
      for (let waited = 0; seen.length === taken; waited += 5) {
        assert.ok(waited < 5000, 'no change was seen')
        await wait(5)
      }
      const names = seen.slice(taken)
      taken = seen.length
      return names
    },
  }
}

// Long enough for anything that would be a second change.
const quiet = () => wait(300)

describe('the watcher', () => {
  it('should see a file written in place and one that is renamed into its place, once each', async (t) => {
    const { folder, next, all } = watching(t, { 'a.md': 'one' })
    writeFileSync(join(folder, 'a.md'), 'two')
    assert.deepEqual(await next(), ['a.md'])
    writeFileSync(join(folder, '.a.md.swp'), 'three')
    renameSync(join(folder, '.a.md.swp'), join(folder, 'a.md'))
    assert.deepEqual(await next(), ['a.md'])
    await quiet()
    assert.deepEqual(all, ['a.md', 'a.md'])
  })

  it('should look for a file below another one, as for what `./fit.ts` might mean', async (t) => {
    const { folder, next } = watching(t, { 'fit.ts': 'one' }, ['fit.ts', 'fit.ts/index.ts'])
    writeFileSync(join(folder, 'fit.ts'), 'two')
    assert.deepEqual(await next(), ['fit.ts'])
  })

  it('should see the next save after a rename', async (t) => {
    const { folder, next } = watching(t, { 'a.md': 'one' })
    for (const text of ['two', 'three', 'four']) {
      writeFileSync(join(folder, 'a.md~'), text)
      renameSync(join(folder, 'a.md~'), join(folder, 'a.md'))
      assert.deepEqual(await next(), ['a.md'])
    }
  })

  it('should pass over an equal save, files of editors and what is left out', async (t) => {
    const { folder, next, all } = watching(t, { 'a.md': 'one' })
    writeFileSync(join(folder, 'a.md'), 'one')
    utimesSync(join(folder, 'a.md'), 1, 1)
    for (const name of ['.hidden', 'a.md~', '#a.md#', '4913', 'dist/report.html'])
      writeFileSync(join(folder, name), 'x')
    await quiet()
    assert.deepEqual(all, [])
    writeFileSync(join(folder, 'a.md'), 'two')
    assert.deepEqual(await next(), ['a.md'])
  })

  it('should wait while a file is empty, half written or away, and take it once it is whole', async (t) => {
    const { folder, next, all } = watching(t, {
      'a.md': 'some words',
      'b.md': 'some words',
      'c.md': 'some words',
    })
    writeFileSync(join(folder, 'a.md'), '')
    writeFileSync(join(folder, 'b.md'), 'some')
    rmSync(join(folder, 'c.md'))
    await wait(60)
    assert.deepEqual(all, [])
    for (const name of ['a.md', 'b.md', 'c.md']) writeFileSync(join(folder, name), 'some other words')
    await next()
    await quiet()
    assert.deepEqual([...all].sort(), ['a.md', 'b.md', 'c.md'])
  })

  it('should take an empty and a removed file as such after a while', async (t) => {
    const { folder, next, all } = watching(t, { 'a.md': 'some words', 'b.md': 'some words' })
    writeFileSync(join(folder, 'a.md'), '')
    rmSync(join(folder, 'b.md'))
    await next()
    await quiet()
    assert.deepEqual([...all].sort(), ['a.md', 'b.md'])
  })

  it('should see new files, also in new folders', async (t) => {
    const { folder, next } = watching(t, {})
    writeFileSync(join(folder, 'new.md'), 'x')
    assert.deepEqual(await next(), ['new.md'])
    mkdirSync(join(folder, 'parts/deep'), { recursive: true })
    writeFileSync(join(folder, 'parts/deep/one.md'), 'x')
    assert.deepEqual(await next(), ['one.md'])
    writeFileSync(join(folder, 'parts/deep/one.md'), 'y')
    assert.deepEqual(await next(), ['one.md'])
  })

  it('should see a file outside the folder, not those beside it, and what a link leads to', async (t) => {
    const { folder, next, all, again } = watching(t, {}, ['../module.ts', 'linked.md'])
    writeFileSync(join(folder, '../other.ts'), 'x')
    await quiet()
    assert.deepEqual(all, [])
    writeFileSync(join(folder, '../module.ts'), 'x')
    assert.deepEqual(await next(), ['module.ts'])
    mkdirSync(join(folder, '../elsewhere'))
    writeFileSync(join(folder, '../elsewhere/real.md'), 'x')
    symlinkSync('../elsewhere/real.md', join(folder, 'linked.md'))
    assert.deepEqual(await next(), ['linked.md'])
    again()
    again()
    writeFileSync(join(folder, '../elsewhere/real.md'), 'y')
    assert.deepEqual(await next(), ['real.md'])
  })

  it('should report a file that changed between the reading and the watching', (t) => {
    const box = realpathSync(mkdtempSync(join(tmpdir(), 'weft-watch-')))
    const seen: string[] = []
    const watcher = openWatcher((paths) => seen.push(...paths))
    t.after(() => {
      watcher.close()
      rmSync(box, { recursive: true })
    })
    const file = join(box, 'a.ts')
    writeFileSync(file, 'x')
    const watched = { trees: [], folders: [], files: [file], except: [] }
    utimesSync(file, 2000, 2000)
    watcher.follow(watched, 1_000_000)
    assert.deepEqual(seen, [file])
    watcher.follow(watched, 1_000_000)
    assert.deepEqual(seen, [file])
  })
})
