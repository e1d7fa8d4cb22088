import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { chmod, mkdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import test from 'node:test'
import { readPinned, verifyPinned } from '../../../src/experiments/data/pinned-file.ts'
import { temporaryFolder } from './temporary-folder.ts'

const bytes = Buffer.from('\x1f\x8bsome gzip file', 'latin1')
const file = { name: 'f.gz', bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }

test('readPinned', async (t) => {
  await t.test('should read the published bytes', async (t) => {
    const { path, options } = await folderWith(t, bytes)
    assert.deepEqual(Buffer.from(await readPinned(path, file, options)), bytes)
  })

  await t.test('should refuse a truncated file', async (t) => {
    const { path, options } = await folderWith(t, bytes.subarray(0, 5))
    const message = `Cannot use \`${path}\`, expected ${bytes.length} bytes, found 5: truncated, remove it or put the published one there`
    await assert.rejects(readPinned(path, file, options), { message })
  })

  await t.test('should refuse a longer file', async (t) => {
    const { path, options } = await folderWith(t, Buffer.concat([bytes, bytes]))
    await assert.rejects(readPinned(path, file, options), /found 32: another file/)
  })

  await t.test('should refuse another digest and name both', async (t) => {
    const wrong = Buffer.from(bytes)
    wrong[5] = 0
    const { path, options } = await folderWith(t, wrong)
    const found = createHash('sha256').update(wrong).digest('hex')
    await assert.rejects(readPinned(path, file, options), (error: Error) => {
      assert.ok(
        error.message.includes(`\`${path}\`, expected the SHA-256 ${file.sha256}, found ${found}:`),
        error.message,
      )
      return true
    })
  })

  await t.test('should say what another file looks like', async (t) => {
    const { path, options } = await folderWith(t, Buffer.from('<html>some page'))
    await assert.rejects(readPinned(path, { ...file, bytes: 15 }, options), /\(a web page\?\)/)
    await assert.rejects(readPinned(path, file, options), /found 15 \(a web page\?\): truncated/)
  })

  await t.test('should compute the digest once for a path, size and time of change', async (t) => {
    const { path, options, memory } = await folderWith(t, bytes)
    await readPinned(path, file, options)
    const marks = JSON.parse(await readFile(memory, 'utf8')) as Record<string, string>
    assert.match(marks[path] ?? '', new RegExp(`^${file.sha256} ${bytes.length} `))

    // Only the stored mark shows that the file is right: the same size and time with other bytes is not checked again.
    const time = new Date(1_000_000_000_000)
    await utimes(path, time, time)
    await readPinned(path, file, options)
    await writeFile(path, Buffer.alloc(bytes.length))
    await utimes(path, time, time)
    await readPinned(path, file, options)
    await utimes(path, time, new Date(1_000_000_001_000))
    await assert.rejects(readPinned(path, file, options), /expected the SHA-256/)
  })

  await t.test('should work with a store of marks that is damaged or cannot be written', async (t) => {
    const { path, options, memory } = await folderWith(t, bytes)
    await mkdir(join(memory, '..'), { recursive: true })
    await writeFile(memory, '{"half')
    await readPinned(path, file, options)
    assert.ok(JSON.parse(await readFile(memory, 'utf8')))

    const blocked = await folderWith(t, bytes)
    await writeFile(join(blocked.folder, 'weft'), 'a file where the folder should be')
    await chmod(blocked.folder, 0o500)
    await readPinned(blocked.path, file, blocked.options)
    await chmod(blocked.folder, 0o700)
  })
})

test('verifyPinned', async (t) => {
  await t.test('should accept the pinned bytes and remember them as readPinned does', async (t) => {
    const { path, options, memory } = await folderWith(t, bytes)
    await verifyPinned(path, file, options)
    const marks = await readFile(memory, 'utf8')
    await readPinned(path, file, options)
    assert.equal(await readFile(memory, 'utf8'), marks)
  })

  await t.test('should compute the digest once for a path, size and time of change', async (t) => {
    const { path, options } = await folderWith(t, bytes)
    const time = new Date(1_000_000_000_000)
    await utimes(path, time, time)
    await verifyPinned(path, file, options)
    await writeFile(path, Buffer.alloc(bytes.length))
    await utimes(path, time, time)
    await verifyPinned(path, file, options)
    await utimes(path, time, new Date(1_000_000_001_000))
    await assert.rejects(verifyPinned(path, file, options), /found the SHA-256/)
  })

  await t.test('should name both digests, or both sizes, and the remedy', async (t) => {
    const wrong = Buffer.alloc(bytes.length)
    const { path, options } = await folderWith(t, wrong)
    const found = createHash('sha256').update(wrong).digest('hex')
    const message = `Cannot use \`${path}\`, expected 16 bytes with the SHA-256 ${file.sha256}, found the SHA-256 ${found}: do this`
    await assert.rejects(verifyPinned(path, file, { ...options, remedy: 'do this' }), { message })
    await writeFile(path, 'short')
    await assert.rejects(verifyPinned(path, file, options), {
      message: `Cannot use \`${path}\`, expected 16 bytes with the SHA-256 ${file.sha256}, found 5 bytes: remove it or put the published one there`,
    })
  })

  await t.test('should read a file of many pieces', async (t) => {
    const many = Buffer.alloc(3 * 2 ** 20 + 5, 7)
    const { path, options } = await folderWith(t, many)
    const sha256 = createHash('sha256').update(many).digest('hex')
    await verifyPinned(path, { name: 'f.gz', bytes: many.length, sha256 }, options)
  })
})

async function folderWith(t: TestContext, content: Uint8Array) {
  const folder = await temporaryFolder(t)
  const path = join(folder, file.name)
  await writeFile(path, content)
  const options = { env: { XDG_CACHE_HOME: folder } }
  return { folder, path, options, memory: join(folder, 'weft', 'data', 'verified.json') }
}
