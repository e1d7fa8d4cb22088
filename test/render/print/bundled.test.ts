import assert from 'node:assert/strict'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { brotliCompressSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { discard, findPackage, isUndamaged, unpackBrowser } from '../../../src/render/print/bundled.ts'

describe('unpackBrowser', () => {
  let root: string
  let from: { version: string; bin: string }

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'weft-test-'))
    from = { version: '1.2.3', bin: join(root, 'bin') }
    mkdirSync(from.bin)
    writeFileSync(join(from.bin, 'chromium.br'), brotliCompressSync('a browser'))
    writeFileSync(
      join(from.bin, 'al2023.tar.br'),
      await tar({ 'lib/libnss3.so': 'a library', '../escaped': 'no' }),
    )
    writeFileSync(join(from.bin, 'fonts.tar.br'), await tar({ 'fonts/one.ttf': 'a font' }))
  })
  afterEach(() => rmSync(root, { recursive: true }))

  const cache = () => join(root, 'cache')

  test('should unpack into a folder of its version, and find it again', async () => {
    const folder = await unpackBrowser(from, [cache()])
    assert.equal(folder, join(cache(), 'chromium-1.2.3-1'))
    assert.equal(readFileSync(join(folder, 'chromium'), 'utf8'), 'a browser')
    assert.equal(statSync(join(folder, 'chromium')).mode & 0o111, 0o111)
    assert.equal(readFileSync(join(folder, 'al2023/lib/libnss3.so'), 'utf8'), 'a library')
    assert.equal(readFileSync(join(folder, 'fonts/one.ttf'), 'utf8'), 'a font')
    assert.equal(existsSync(join(root, 'escaped')), false)
    assert.deepEqual(readdirSync(cache()), ['chromium-1.2.3-1'])
    const { ino } = statSync(folder)
    assert.equal(statSync(await unpackBrowser(from, [cache()])).ino, ino)
  })

  test('should bear several builds at once', async () => {
    const folders = await Promise.all([1, 2, 3, 4].map(() => unpackBrowser(from, [cache()])))
    assert.equal(new Set(folders).size, 1)
    assert.ok(await isUndamaged(folders[0]!))
    assert.deepEqual(readdirSync(cache()), ['chromium-1.2.3-1'])
  })

  test('should unpack again what is truncated or gone', async () => {
    const folder = await unpackBrowser(from, [cache()])
    truncateSync(join(folder, 'chromium'), 3)
    await unpackBrowser(from, [cache()])
    assert.equal(readFileSync(join(folder, 'chromium'), 'utf8'), 'a browser')
    rmSync(join(folder, 'al2023'), { recursive: true })
    await unpackBrowser(from, [cache()])
    assert.ok(await isUndamaged(folder))
  })

  test('should tell damage that leaves sizes alone, and be rid of it', async () => {
    const folder = await unpackBrowser(from, [cache()])
    writeFileSync(join(folder, 'chromium'), 'A BROWSER')
    assert.equal(await isUndamaged(folder), false)
    await discard(folder)
    assert.ok(await isUndamaged(await unpackBrowser(from, [cache()])))
  })

  test('should not mind what a killed build left, and remove it once it is old', async () => {
    for (const name of ['.partial-old', '.partial-young']) {
      mkdirSync(join(cache(), name), { recursive: true })
      writeFileSync(join(cache(), name, 'chromium'), 'a bro')
    }
    utimesSync(join(cache(), '.partial-old'), 0, 0)
    const folder = await unpackBrowser(from, [cache()])
    assert.ok(await isUndamaged(folder))
    assert.deepEqual(readdirSync(cache()).sort(), ['.partial-young', 'chromium-1.2.3-1'])
  })

  test('should go on to the next folder where one cannot be written', async () => {
    writeFileSync(join(root, 'file'), '')
    assert.equal(
      await unpackBrowser(from, [join(root, 'file', 'x'), cache()]),
      join(cache(), 'chromium-1.2.3-1'),
    )
  })

  test('should not trust a folder that anybody may write', async () => {
    mkdirSync(cache())
    chmodSync(cache(), 0o777)
    const next = join(root, 'next')
    assert.equal(await unpackBrowser(from, [cache(), next]), join(next, 'chromium-1.2.3-1'))
  })

  test('should say why no folder can hold it', async () => {
    writeFileSync(join(root, 'file'), '')
    await assert.rejects(
      unpackBrowser(from, [join(root, 'file', 'x')]),
      /no folder can hold it \(.*file\/x: ENOTDIR/,
    )
  })

  test('should leave nothing of an archive that cannot be read', async () => {
    writeFileSync(join(from.bin, 'fonts.tar.br'), 'no brotli')
    await assert.rejects(unpackBrowser(from, [cache()]), /Cannot unpack the browser/)
    assert.deepEqual(readdirSync(cache()), [])
  })
})

test('should find the package of the bundled browser', async () => {
  const { version, bin } = await findPackage()
  assert.match(version, /^\d+\.\d+\.\d+$/)
  for (const name of ['chromium.br', 'al2023.tar.br', 'fonts.tar.br']) assert.ok(existsSync(join(bin, name)))
})

async function tar(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const archive = pack()
  for (const [name, content] of Object.entries(files)) archive.entry({ name }, content)
  archive.finalize()
  return brotliCompressSync(await buffer(archive))
}
