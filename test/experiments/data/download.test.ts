import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import test from 'node:test'
import { download } from '../../../src/experiments/data/download.ts'
import { temporaryFolder } from './temporary-folder.ts'

const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * index) % 251))
const file = { name: 'f.gz', bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }

test('download', async (t) => {
  await t.test('should download a file, report progress and leave nothing else', async (t) => {
    const { target, folder } = await place(t)
    const lines: string[] = []
    const address = await serve(t, (_, response) => response.end(bytes))
    await download(`${address}f.gz`, target, file, { report: (line) => lines.push(line) })
    assert.deepEqual(await readFile(target), bytes)
    assert.deepEqual(await readdir(folder), ['f.gz'])
    assert.equal(lines.at(-1), 'f.gz: 200000 of 200000 bytes')
  })

  await t.test('should continue after an interrupted connection', async (t) => {
    const { target } = await place(t)
    const ranges: (string | undefined)[] = []
    const address = await serve(t, (request, response) => {
      ranges.push(request.headers.range)
      if (!request.headers.range) {
        response.writeHead(200, { 'content-length': bytes.length })
        response.write(bytes.subarray(0, 150_000), () => response.destroy())
        return
      }
      const from = Number(/bytes=(\d+)-/.exec(request.headers.range)?.[1])
      response.writeHead(206, { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` })
      response.end(bytes.subarray(from))
    })
    await download(`${address}f.gz`, target, file, { report() {} })
    assert.deepEqual(await readFile(target), bytes)
    assert.equal(ranges.length, 2)
    assert.match(ranges[1] ?? '', /^bytes=[1-9]\d*-$/)
  })

  await t.test('should continue from the part of an earlier build', async (t) => {
    const { target } = await place(t)
    await writeFile(`${target}.part`, bytes.subarray(0, 1000))
    const address = await serve(t, (request, response) => {
      assert.equal(request.headers.range, 'bytes=1000-')
      response.writeHead(206, { 'content-range': `bytes 1000-${bytes.length - 1}/${bytes.length}` })
      response.end(bytes.subarray(1000))
    })
    await download(`${address}f.gz`, target, file, { report() {} })
    assert.deepEqual(await readFile(target), bytes)
  })

  await t.test('should start again if the server does not support ranges', async (t) => {
    const { target } = await place(t)
    await writeFile(`${target}.part`, 'something else')
    const address = await serve(t, (_, response) => response.end(bytes))
    await download(`${address}f.gz`, target, file, { report() {} })
    assert.deepEqual(await readFile(target), bytes)
  })

  await t.test('should refuse wrong bytes and remove them', async (t) => {
    const { target, folder } = await place(t)
    const address = await serve(t, (_, response) => response.end(Buffer.alloc(bytes.length)))
    await assert.rejects(
      download(`${address}f.gz`, target, file, { report() {} }),
      /f\.gz`, expected the SHA-256 .*, found /,
    )
    assert.deepEqual(await readdir(folder), [])
  })

  await t.test('should refuse more bytes than were published', async (t) => {
    const { target } = await place(t)
    const address = await serve(t, (_, response) => response.end(Buffer.concat([bytes, bytes])))
    await assert.rejects(
      download(`${address}f.gz`, target, file, { report() {} }),
      /expected 200000 bytes, found more/,
    )
  })

  await t.test('should give up at once on 404', async (t) => {
    const { target, folder } = await place(t)
    const requests: unknown[] = []
    const address = await serve(t, (request, response) => {
      requests.push(request.url)
      response.writeHead(404).end('<html>')
    })
    const message = `Cannot download ${address}f.gz, expected status 200 or 206, found 404 Not Found`
    await assert.rejects(download(`${address}f.gz`, target, file), { message })
    assert.deepEqual(requests, ['/f.gz'])
    assert.deepEqual(await readdir(folder), [])
  })

  await t.test('should report that the connection is refused', async (t) => {
    const { target } = await place(t)
    const closed = createServer().listen(0, '127.0.0.1')
    await once(closed, 'listening')
    const { port } = closed.address() as AddressInfo
    closed.close()
    await assert.rejects(
      download(`http://127.0.0.1:${port}/f.gz`, target, file),
      /Cannot download .*, .*ECONNREFUSED/,
    )
  })

  await t.test('should download once for several that want the file', async (t) => {
    const { target } = await place(t)
    const requests: unknown[] = []
    const address = await serve(t, (request, response) => {
      requests.push(request.url)
      response.end(bytes)
    })
    const want = () => download(`${address}f.gz`, target, file, { report() {} })
    await Promise.all([want(), want(), want()])
    assert.equal(requests.length, 1)
  })

  await t.test('should stop on a signal and keep what has arrived', async (t) => {
    const { target, folder } = await place(t)
    const stop = new AbortController()
    const address = await serve(t, (_, response) => {
      response.writeHead(200, { 'content-length': bytes.length })
      response.write(bytes.subarray(0, 100_000))
    })
    const options = { signal: stop.signal, report: () => stop.abort(new Error('stopped')) }
    await assert.rejects(download(`${address}f.gz`, target, file, options), { message: 'stopped' })
    assert.deepEqual(await readdir(folder), ['f.gz.part'])
  })
})

async function place(t: TestContext) {
  const folder = await temporaryFolder(t)
  return { folder, target: join(folder, file.name) }
}

async function serve(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}
