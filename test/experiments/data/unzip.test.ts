import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdir, readdir, readFile, rename, rm, truncate, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname, join, relative } from 'node:path'
import type { TestContext } from 'node:test'
import test from 'node:test'
import { H5Error, type H5Rule, readH5 } from '../../../src/experiments/data/hdf5.ts'
import { localH5 } from '../../../src/experiments/data/unzip.ts'
import { expectedRows, tableOf, writeTables } from './hdf5-files.ts'
import { temporaryFolder } from './temporary-folder.ts'
import type { TinyMember } from './tiny-zip.ts'
import { makeZip, writeZip } from './tiny-zip.ts'

const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, index) => (index * index) % 251))

test('localH5', async (t) => {
  await t.test('should return the path of any other file', async (t) => {
    const { folder, options } = await place(t)
    const path = join(folder, 'data.zip')
    await writeFile(path, 'no archive')
    assert.equal(await localH5(path, options), path)
  })

  for (const isStored of [false, true]) {
    await t.test(`should unpack a member that is ${isStored ? 'stored' : 'deflated'}`, async (t) => {
      const { folder, cache, options, lines } = await place(t)
      const members = [
        { name: 'letters/', bytes: Buffer.alloc(0), isStored: true },
        { name: '__MACOSX/letters/._data.h5', bytes: Buffer.from('x') },
        { name: 'letters/read me.txt', bytes: Buffer.from('y') },
        { name: 'letters/2026/DATA.HDF5', bytes, isStored },
      ]
      const path = await writeZip(join(folder, 'course.h5'), members)
      const local = await localH5(path, options)
      assert.deepEqual(await readFile(local), bytes)
      assert.match(relative(cache, local), /^weft.data.notmnist-h5.[0-9a-f]{16}.data\.h5$/)
      assert.deepEqual(await readdir(dirname(local)), ['data.h5'])
      assert.equal(lines.at(-1), 'course.h5: unpacked 100000 of 100000 bytes')
    })
  }

  await t.test('should unpack the same content once, in any place', async (t) => {
    const { folder, options, lines } = await place(t)
    const path = await writeZip(join(folder, 'a.zip'), [{ name: 'data.h5', bytes }])
    const first = await localH5(path, options)
    lines.length = 0
    assert.equal(await localH5(path, options), first)
    assert.deepEqual(lines, [])
    await utimes(path, 1, 1)
    assert.equal(await localH5(path, options), first)
    await rename(path, join(folder, 'b.zip'))
    assert.equal(await localH5(join(folder, 'b.zip'), options), first)
    assert.deepEqual(lines, [])
    await writeZip(path, [{ name: 'data.h5', bytes: bytes.subarray(1) }])
    assert.notEqual(await localH5(path, options), first)
    assert.notDeepEqual(lines, [])
  })

  await t.test('should unpack again a truncated file in the cache', async (t) => {
    const { folder, options } = await place(t)
    const path = await writeZip(join(folder, 'a.zip'), [{ name: 'data.h5', bytes }])
    await truncate(await localH5(path, options), 7)
    assert.deepEqual(await readFile(await localH5(path, options)), bytes)
  })

  await t.test('should remove files not used for a week, and parts of ended processes', async (t) => {
    const { folder, cache, options } = await place(t)
    const path = await writeZip(join(folder, 'a.zip'), [{ name: 'data.h5', bytes }])
    const { pid } = spawnSync(process.execPath, ['--version'])
    const local = await localH5(path, options)
    const part = `${local}.${hostname().replaceAll(/[^\w-]/g, '_')}`
    for (const name of [`${part}.${pid}.part`, `${part}.${process.ppid}.part`]) await writeFile(name, 'half')
    await rm(local)
    const all = dirname(dirname(local))
    for (const name of ['0123456789abcdef', 'fedcba9876543210', 'mine']) {
      await mkdir(join(all, name))
      await writeFile(join(all, name, 'data.h5'), 'x')
      if (name !== 'fedcba9876543210') await utimes(join(all, name), 1, 1)
    }
    await localH5(path, options)
    const kept = [
      join(all, 'fedcba9876543210', 'data.h5'),
      join(all, 'mine', 'data.h5'),
      local,
      `${part}.${process.ppid}.part`,
    ]
    assert.deepEqual(await filesIn(cache), kept.map((file) => relative(cache, file)).sort())
  })

  await t.test('should unpack once for all that want it at the same time', async (t) => {
    const { folder, options, lines } = await place(t)
    const path = await writeZip(join(folder, 'a.zip'), [{ name: 'data.h5', bytes }])
    const [first, second] = await Promise.all([localH5(path, options), localH5(path, options)])
    assert.equal(first, second)
    assert.deepEqual(await readFile(first), bytes)
    assert.equal(lines.filter((line) => line.includes('100000 of')).length, 1)
  })

  await t.test('should stop on a signal and leave nothing', async (t) => {
    const { folder, cache, options } = await place(t)
    const path = await writeZip(join(folder, 'a.zip'), [{ name: 'data.h5', bytes }])
    const signal = AbortSignal.abort(new Error('enough'))
    await assert.rejects(localH5(path, { ...options, signal }), /enough/)
    assert.deepEqual(await filesIn(cache), [])
  })

  await t.test('should be used by readH5', async (t) => {
    const { folder, options } = await place(t)
    const inner = await writeTables(folder, [tableOf(3, (level) => level), tableOf(2, (level) => level)])
    const path = await writeZip(join(folder, 'a.zip'), [{ name: 'x/data.h5', bytes: await readFile(inner) }])
    const { rows, path: local } = await readH5(path, options)
    assert.deepEqual(rows, { train: expectedRows(3), test: expectedRows(2) })
    assert.equal(local, await localH5(path, options))
  })

  for (const [name, { rule, message, zip, limitBytes }] of Object.entries(badArchives)) {
    await t.test(`should refuse ${name}`, async (t) => {
      const { folder, cache, options } = await place(t)
      const path = join(folder, 'deep', 'er', 'data.zip')
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, zip())
      await assert.rejects(localH5(path, { ...options, limitBytes }), (error) => {
        assert.ok(error instanceof H5Error, String(error))
        assert.equal(error.rule, rule, error.message)
        assert.match(error.message, message)
        assert.ok(error.message.startsWith(`Cannot use \`${path}\`, expected `), error.message)
        return true
      })
      assert.deepEqual(await filesIn(cache), [])
      assert.deepEqual(await filesIn(folder), [join('deep', 'er', 'data.zip')])
    })
  }

  await t.test('should refuse an archive truncated anywhere', async (t) => {
    const { folder, cache, options } = await place(t)
    const whole = makeZip([{ name: 'data.h5', bytes }])
    const path = join(folder, 'a.zip')
    await writeFile(path, whole)
    for (let size = whole.length - 1; size > 4; size = Math.floor(size * 0.9)) {
      await truncate(path, size)
      await assert.rejects(localH5(path, options), /expected a whole zip archive, found damage: /)
    }
    assert.deepEqual(await filesIn(cache), [])
  })
})

interface BadArchive {
  readonly rule: H5Rule
  readonly message: RegExp
  readonly limitBytes?: number
  zip(): Buffer
}

function archive(...members: readonly TinyMember[]) {
  return () => makeZip(members)
}

const badArchives: Readonly<Record<string, BadArchive>> = {
  'an empty archive': { rule: 'zip-has-one', message: /found none$/, zip: archive() },
  'two members of HDF5': {
    rule: 'zip-has-one',
    message: /expected one `.h5` or `.hdf5` in it, found `a\/data.h5`, `b\/data.hdf5`$/,
    zip: archive({ name: 'a/data.h5', bytes }, { name: 'b/data.hdf5', bytes }),
  },
  'a member that climbs out': {
    rule: 'zip-stays-inside',
    message: /expected members that stay inside it, found `..\/..\/data.h5`$/,
    zip: archive({ name: '../../data.h5', bytes }),
  },
  'a member that climbs out by backslashes': {
    rule: 'zip-stays-inside',
    message: /found `x\/..\/..\/data.h5`$/,
    zip: archive({ name: 'x\\..\\..\\data.h5', bytes }),
  },
  'a member of the root folder': {
    rule: 'zip-stays-inside',
    message: /found `\/tmp\/data.h5`$/,
    zip: archive({ name: '/tmp/data.h5', bytes }),
  },
  'a member of a drive': {
    rule: 'zip-stays-inside',
    message: /found `C:\/data.h5`$/,
    zip: archive({ name: 'C:\\data.h5', bytes }),
  },
  'another member that climbs out': {
    rule: 'zip-stays-inside',
    message: /found `..\/evil.txt`$/,
    zip: archive({ name: 'data.h5', bytes }, { name: '../evil.txt', bytes }),
  },
  'an encrypted member': {
    rule: 'zip-is-open',
    message: /expected an archive without a password, found `data.h5` encrypted$/,
    zip: archive({ name: 'data.h5', bytes, encryption: 'plain' }),
  },
  // yauzl gives only this message.
  'a strongly encrypted member': {
    rule: 'zip-is-open',
    message: /expected an archive without a password, found strong encryption is not supported$/,
    zip: archive({ name: 'data.h5', bytes, encryption: 'strong' }),
  },
  'a wrong CRC-32': {
    rule: 'zip-is-whole',
    message: /expected `data.h5` with the CRC-32 00000001, found [0-9a-f]{8}: damaged$/,
    zip: archive({ name: 'data.h5', bytes, says: { crc: 1 } }),
  },
  'a wrong CRC-32 of a stored member': {
    rule: 'zip-is-whole',
    message: /CRC-32/,
    zip: archive({ name: 'data.h5', bytes, isStored: true, says: { crc: 1 } }),
  },
  'a member larger than it says': {
    rule: 'zip-is-whole',
    message: /expected a whole `data.h5` in it, found damage: /,
    zip: archive({ name: 'data.h5', bytes, says: { size: 50_000 } }),
  },
  'a member smaller than it says': {
    rule: 'zip-is-whole',
    message: /expected a whole `data.h5` in it, found damage: /,
    zip: archive({ name: 'data.h5', bytes, says: { size: 150_000 } }),
  },
  'a damaged stream': {
    rule: 'zip-is-whole',
    message: /expected a whole `data.h5` in it, found damage: /,
    zip: () => makeZip([{ name: 'data.h5', bytes }]).fill(255, 60, 90),
  },
  'a member packed by bzip2': {
    rule: 'zip-is-packed-well',
    message: /expected `data.h5` packed by deflate or not at all, found bzip2, which is not supported$/,
    zip: archive({ name: 'data.h5', bytes, says: { method: 12 } }),
  },
  'too large a member': {
    rule: 'zip-is-bounded',
    message: /expected at most 99999 bytes in `data.h5`, found 100000$/,
    limitBytes: 99_999,
    zip: archive({ name: 'data.h5', bytes }),
  },
}

async function place(t: TestContext) {
  const folder = await temporaryFolder(t)
  const cache = await temporaryFolder(t)
  const lines: string[] = []
  const options = {
    env: { XDG_CACHE_HOME: cache },
    platform: 'linux',
    report: (line: string) => void lines.push(line),
  } as const
  return { folder, cache, options, lines }
}

/** Lists all files below a folder, but not the folders. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort()
}
