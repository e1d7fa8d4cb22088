import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { chmod, mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import test from 'node:test'
import { readPinned } from '../../../src/experiments/data/pinned-file.ts'
import { prepared } from '../../../src/experiments/data/prepared.ts'
import { temporaryFolder } from './temporary-folder.ts'

const bytes = Buffer.from('0123456789')
const file = { name: 'digits', bytes: 10, sha256: createHash('sha256').update(bytes).digest('hex') }

test('prepared', async (t) => {
  await t.test('should make data once, and give it again with equal bytes and facts', async (t) => {
    const { load, made } = await digits(t)
    const first = await load()
    const again = await load()
    assert.equal(made(), 1)
    assert.deepEqual(again, first)
    assert.deepEqual([...again.odd], [49, 51, 53, 55, 57])
    assert.deepEqual([...again.sets[1]!.rows], [56, 57])
  })

  await t.test('should give each caller memory of its own', async (t) => {
    const { load } = await digits(t)
    await load()
    ;(await load()).odd.fill(0)
    assert.deepEqual([...(await load()).odd], [49, 51, 53, 55, 57])
  })

  await t.test('should make data again for other code, and keep equal content once', async (t) => {
    const { load, made, files } = await digits(t)
    await load({ code: 'a' })
    await load({ code: 'b' })
    await load({ code: 'b' })
    assert.equal(made(), 2)
    assert.deepEqual((await files()).map((name) => name.replace(/^.*\./, '')).sort(), [
      'data',
      'made',
      'made',
    ])
  })

  await t.test('should keep nothing where no code is named', async (t) => {
    const { load, made, files } = await digits(t)
    for (let time = 0; time < 2; time++) await load({ code: undefined })
    assert.equal(made(), 2)
    assert.deepEqual(await files(), [])
  })

  await t.test('should take the code from the task that runs', async (t) => {
    const host = Symbol.for('weft.host')
    const global = globalThis as Record<symbol, unknown>
    t.after(() => delete global[host])
    const { load, made } = await digits(t)
    for (const code of ['a', 'a', 'b']) {
      global[host] = { code }
      await load({ code: undefined })
    }
    assert.equal(made(), 2)
  })

  await t.test('should set a damaged file aside, say so, and make it again', async (t) => {
    const { load, made, files, folder } = await digits(t)
    const first = await load()
    const name = (await files()).find((each) => each.endsWith('.data'))!
    const path = join(folder, name)
    const whole = await readFile(path)
    const damaged = Buffer.from(whole)
    damaged[damaged.length - 1]! ^= 1
    await writeFile(path, damaged)
    const lines: string[] = []
    assert.deepEqual([...(await load({ report: (line) => lines.push(line) })).odd], [...first.odd])
    assert.equal(made(), 2)
    const [, crc] = /-([a-f0-9]{8})\.data$/.exec(name)!
    const aside = path.replace('.data', '.damaged')
    assert.equal(lines.length, 1)
    assert.match(lines[0]!, /found [a-f0-9]{8}: set aside/)
    assert.ok(lines[0]!.startsWith(`Cannot use \`${path}\`, expected the CRC-32 ${crc}, found `), lines[0])
    assert.ok(lines[0]!.endsWith(`: set aside as \`${aside}\`, and made again`), lines[0])
    assert.deepEqual(await readFile(aside), damaged)
    assert.deepEqual(await readFile(path), whole)
  })

  await t.test(
    'should make data again if a file is truncated or missing, or its name is damaged',
    async (t) => {
      const { load, made, files, folder } = await digits(t)
      await load()
      const all = await files()
      const [data, pointer] = ['.data', '.made'].map((end) => all.find((name) => name.endsWith(end))!)
      const quiet = { report() {} }
      await writeFile(join(folder, data!), '')
      await load(quiet)
      await writeFile(join(folder, pointer!), '../../../elsewhere')
      await load(quiet)
      await writeFile(join(folder, pointer!), `${'0'.repeat(64)}-00000000`)
      await load(quiet)
      assert.equal(made(), 4)
      await load(quiet)
      assert.equal(made(), 4)
    },
  )

  await t.test('should still require the files that data is made from', async (t) => {
    const { load, made, source } = await digits(t)
    await load()
    await writeFile(source, '9876543210')
    await utimes(source, new Date(), new Date(1_000_000_000_000))
    await assert.rejects(load(), /expected the SHA-256 \w+, found \w+/)
    assert.equal(made(), 1)
    await assert.rejects(load({ missing: true }), { message: 'no file' })
  })

  await t.test('should give data where nothing can be kept', async (t) => {
    const folder = await temporaryFolder(t)
    await mkdir(join(folder, 'weft'), { recursive: true })
    await writeFile(join(folder, 'weft', 'data'), 'a file where the folder should be')
    const { load, made } = await digits(t, folder)
    for (let time = 0; time < 2; time++) assert.equal((await load()).odd.length, 5)
    assert.equal(made(), 2)
  })

  await t.test('should leave no part of a file behind where it may not write', async (t) => {
    const { load, made, files, folder } = await digits(t)
    await mkdir(folder, { recursive: true })
    await chmod(folder, 0o500)
    await load()
    await load()
    await chmod(folder, 0o700)
    // Root may write all the same.
    if (process.getuid?.() !== 0) assert.deepEqual([made(), await files()], [2, []])
    assert.ok((await files()).every((name) => /\.(made|data)$/.test(name)))
  })

  await t.test('should forget what nobody has used for a month', async (t) => {
    const { load, files, folder } = await digits(t)
    await load({ code: 'a' })
    const [longAgo, lately] = [31, 2].map((days) => new Date(Date.now() - days * 86_400_000))
    const [data, pointer] = (await files())
      .map((name) => join(folder, name))
      .sort((one) => (/data$/.test(one) ? -1 : 1))
    await utimes(pointer!, longAgo!, longAgo!)
    await utimes(data!, lately!, lately!)
    await load({ code: 'b' })
    assert.equal((await files()).length, 2)
    assert.equal((await files()).includes(pointer!.slice(folder.length + 1)), false)
    // Reading renews it.
    await load({ code: 'b' })
    assert.ok(Date.now() - (await stat(data!)).mtimeMs < 86_400_000)
  })
})

interface Options {
  readonly code?: string | undefined
  readonly missing?: boolean
  report?(line: string): void
}

/** Opens a file of digits, and loads the odd ones and two sets of it. */
async function digits(t: TestContext, cache?: string) {
  const given = await temporaryFolder(t)
  const env = { XDG_CACHE_HOME: cache ?? (await temporaryFolder(t)) }
  const source = join(given, 'digits')
  await writeFile(source, bytes)
  let count = 0
  const load = ({ missing = false, ...given }: Options = { code: 'a' }) => {
    const { code = 'code' in given ? undefined : 'a', ...rest } = given
    const options = { env, ...(code === undefined ? {} : { code }), ...rest }
    const pathOf = () => {
      if (missing) throw new Error('no file')
      return source
    }
    const make = async () => {
      const read = Buffer.from(await readPinned(pathOf(), file, options))
      count++
      return {
        rule: 'odd digits, \u00b5',
        none: null,
        odd: read.filter((_, index) => index % 2 === 1),
        sets: [{ rows: read.subarray(0, 2) }, { rows: read.subarray(8) }],
      }
    }
    return prepared({ name: 'digits', files: [file], pathOf }, make, options)
  }
  const folder = join(env.XDG_CACHE_HOME, 'weft', 'data', 'prepared')
  return { load, made: () => count, source, folder, files: () => readdir(folder).catch(() => [] as string[]) }
}
