import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { WebSocket } from 'ws'
import type { Client } from '../../../src/render/preview/handlers.ts'
import { openServer, type PreviewServer } from '../../../src/render/preview/server.ts'

const folder = mkdtempSync(join(tmpdir(), 'weft-server-'))
const asked: string[] = []
const state: { server?: PreviewServer; isPrinted: boolean; clients: Client[] } = {
  isPrinted: false,
  clients: [],
}

interface Asked {
  readonly path?: string
  readonly method?: string
  readonly headers?: Record<string, string>
}

/** Asks as no browser would: any path and any headers. */
function ask({ path = '/', method = 'GET', headers = {} }: Asked) {
  return new Promise<{ status: number; text: string; headers: Record<string, unknown> }>(
    (resolve, reject) => {
      const sent = request(
        { host: '127.0.0.1', port: state.server!.port, path, method, headers },
        (response) => {
          let text = ''
          response.setEncoding('utf8').on('data', (part: string) => {
            text += part
          })
          response.on('end', () => resolve({ status: response.statusCode!, text, headers: response.headers }))
        },
      )
      sent.on('error', reject)
      sent.end()
    },
  )
}

/** Opens a socket; gives `open`, or the status that refused it. */
function socket(query: string, headers: Record<string, string> = {}) {
  const opened = new WebSocket(`ws://127.0.0.1:${state.server!.port}/-/socket?${query}`, { headers })
  return new Promise<string>((resolve) => {
    opened.on('open', () => {
      resolve('open')
      opened.close()
    })
    opened.on('unexpected-response', (_, { statusCode }) => resolve(String(statusCode)))
    opened.on('error', () => {})
  })
}

const own = () => `http://127.0.0.1:${state.server!.port}`

describe('the server of a preview', () => {
  before(async () => {
    writeFileSync(join(folder, 'report.pdf'), '%PDF')
    state.server = await openServer(
      { host: '127.0.0.1', ports: [0] },
      {
        page: (token) => ({ html: `<p>${token}</p>`, policy: "default-src 'none'" }),
        served: () => void asked.push('served'),
        pdf: () => (state.isPrinted ? join(folder, 'report.pdf') : undefined),
        run(label) {
          asked.push(label)
          return label === 'none' ? 'Unknown cell #none' : undefined
        },
        cell: (label) => (label === 'one' ? { state: 'done', elapsedMs: 3, text: '5' } : undefined),
        connected: (client) => void state.clients.push(client),
        disconnected() {},
        said: (_client, message) => void asked.push(message.type),
      },
    )
  })
  after(async () => {
    await state.server?.close()
    rmSync(folder, { recursive: true })
  })

  it('should serve the page with its token and policy, to be kept by nobody', async () => {
    const { status, text, headers } = await ask({})
    assert.equal(status, 200)
    assert.deepEqual(asked.splice(0), ['served'])
    assert.equal(text, `<p>${state.server!.token}</p>`)
    assert.equal(headers['content-security-policy'], "default-src 'none'")
    assert.equal(headers['cache-control'], 'no-store')
    assert.equal(headers['x-frame-options'], 'DENY')
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin')
    assert.equal(headers['access-control-allow-origin'], undefined)
  })

  it('should serve nothing under the name of another host', async () => {
    const port = state.server!.port
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      '127.0.0.1:1',
      `127.0.0.1.evil.example:${port}`,
    ])
      for (const path of ['/', '/-/session', '/cell/one'])
        assert.equal((await ask({ path, headers: { host } })).status, 403, `${host} ${path}`)
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`])
      assert.equal((await ask({ headers: { host } })).status, 200, host)
  })

  it('should give pages of other origins nothing', async () => {
    for (const headers of [
      { origin: 'http://evil.example' },
      { origin: 'null' },
      { origin: `https://127.0.0.1:${state.server!.port}` },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ] as Record<string, string>[])
      assert.equal((await ask({ path: '/-/session', headers })).status, 403, JSON.stringify(headers))
    const { status, text } = await ask({
      path: '/-/session',
      headers: { origin: own(), 'sec-fetch-site': 'same-origin' },
    })
    assert.deepEqual([status, JSON.parse(text)], [200, { token: state.server!.token }])
  })

  it('should serve nothing else of the disk', async () => {
    for (const path of [
      '/report.pdf',
      '/../package.json',
      '/%2e%2e/%2e%2e/etc/passwd',
      '//etc/passwd',
      '/-/../-/report.html',
      '/-/report.pdf/../../x',
      'http://evil.example/',
      '/cell/../../x',
      '/.env',
    ])
      assert.ok([403, 404].includes((await ask({ path })).status), path)
    assert.equal((await ask({ path: '/-/report.pdf' })).status, 404)
    state.isPrinted = true
    assert.equal((await ask({ path: '/-/report.pdf' })).text, '%PDF')
  })

  it('should take no other method', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
      assert.equal((await ask({ method })).status, 405, method)
    const { status, headers } = await ask({ path: '/run/one' })
    assert.deepEqual([status, headers.allow], [405, 'POST'])
  })

  it('should run and tell of cells for whoever has the token', async () => {
    asked.length = 0
    const token = { 'x-weft-token': state.server!.token }
    for (const headers of [{}, { 'x-weft-token': 'x' }, { 'x-weft-token': '' }] as Record<string, string>[]) {
      assert.equal((await ask({ path: '/run/one', method: 'POST', headers })).status, 403)
      assert.equal((await ask({ path: '/cell/one', headers })).status, 403)
    }
    assert.deepEqual(asked, [])
    assert.equal((await ask({ path: '/run/one', method: 'POST', headers: token })).status, 202)
    assert.deepEqual(asked, ['one'])
    const refused = await ask({ path: '/run/none', method: 'POST', headers: token })
    assert.deepEqual([refused.status, refused.text], [409, 'Unknown cell #none\n'])
    const told = await ask({ path: '/cell/one', headers: token })
    assert.deepEqual(JSON.parse(told.text), { state: 'done', elapsedMs: 3, text: '5' })
    assert.equal((await ask({ path: '/cell/two', headers: token })).status, 404)
  })

  it('should open sockets only for pages of its own that have the token', async () => {
    const { token, port } = state.server!
    assert.equal(await socket(`token=${token}`, { origin: own() }), 'open')
    assert.equal(await socket('token=x', { origin: own() }), '403')
    assert.equal(await socket('', { origin: own() }), '403')
    assert.equal(await socket(`token=${token}`, { origin: 'http://evil.example' }), '403')
    assert.equal(await socket(`token=${token}`, { host: `evil.example:${port}` }), '403')
  })

  it('should survive what is no message, and end a connection that sends too much', async () => {
    const { token, port } = state.server!
    const opened = new WebSocket(`ws://127.0.0.1:${port}/-/socket?token=${token}`)
    await new Promise((resolve) => opened.on('open', resolve))
    asked.length = 0
    for (const text of ['', 'null', '[]', '{', '{"type":3}', '"x"']) opened.send(text)
    opened.send('{"type":"print"}')
    const closed = new Promise((resolve) => opened.on('close', resolve))
    opened.send('x'.repeat(100_000))
    await closed
    assert.deepEqual(asked, ['print'])
    assert.equal((await ask({})).status, 200)
  })

  it('should take the next port if one is in use, and say so if none is free', async () => {
    const { port } = state.server!
    const handlers = {} as never
    await assert.rejects(openServer({ host: '127.0.0.1', ports: [port] }, handlers), /port \d+ in use/)
    const other = await openServer({ host: '127.0.0.1', ports: [port, 0] }, handlers)
    assert.notEqual(other.port, port)
    await other.close()
  })
})
