import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { hostname } from 'node:os'
import { test } from 'node:test'
import { openGuard } from '../../../src/render/preview/guard.ts'

const requestOf = (host: string, remoteAddress: string, url = '/') =>
  ({ url, headers: { host }, socket: { remoteAddress } }) as unknown as IncomingMessage

test('whoever looks on from another machine should get a token that lets it do nothing', () => {
  const guard = openGuard({ host: '0.0.0.0', port: () => 80 })
  const author = guard.tokenFor(requestOf('localhost', '127.0.0.1'))
  assert.equal(author, guard.token)
  assert.equal(guard.tokenFor(requestOf('localhost', '::ffff:127.0.0.1')), author)
  const viewer = guard.tokenFor(requestOf('weft', '192.0.2.7'))
  assert.notEqual(viewer, author)
  assert.deepEqual([guard.roleOf(author), guard.roleOf(viewer)], ['author', 'viewer'])
  for (const token of ['', undefined, null, `${author}x`, author.slice(1)])
    assert.equal(guard.roleOf(token), undefined)
  assert.equal(guard.tokenFor(requestOf('weft', '192.0.2.7', `/?token=${author}`)), author)
  assert.equal(guard.tokenFor(requestOf('weft', '192.0.2.7', '/?token=x')), viewer)
})

test('a server for other machines should know its own names, one for this machine no other', () => {
  const isKnown = (listens: string, host: string) =>
    openGuard({ host: listens, port: () => 8000 }).isHostKnown(requestOf(host, '127.0.0.1'))
  assert.ok(isKnown('0.0.0.0', `${hostname().toLowerCase()}:8000`))
  assert.ok(isKnown('::', 'localhost:8000'))
  assert.ok(!isKnown('0.0.0.0', 'evil.example:8000'))
  assert.ok(!isKnown('127.0.0.1', `${hostname().toLowerCase()}:8000`) || hostname() === 'localhost')
  assert.ok(isKnown('192.0.2.7', '192.0.2.7:8000'))
})
