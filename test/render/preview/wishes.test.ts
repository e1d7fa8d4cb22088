import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openLivePage } from '../../../src/render/preview/live-page.ts'
import type { ClientMessage, ServerMessage } from '../../../src/render/preview/protocol.ts'
import { fulfil } from '../../../src/render/preview/wishes.ts'

const parts = [
  '<main>',
  { id: 'c0-0', html: '<p>1</p>', source: { file: 'a.md', line: 3, endLine: 5 } },
  '</main>',
]
const live = openLivePage({ client: '', name: 'n', earlier: { version: 'v', parts }, plain: '' })
const ran: string[] = []

async function told(message: ClientMessage): Promise<ServerMessage[]> {
  const all: ServerMessage[] = []
  await fulfil(
    message,
    { role: 'author', send: (one) => void all.push(one) },
    {
      live,
      env: { PATH: '' },
      last: () => undefined,
      messages: () => [{ file: 'b.ts', line: 2, reason: 'x', kind: 'error' }],
      print: () => void ran.push('print'),
      run(label) {
        ran.push(label)
        return label === 'none' ? 'Unknown cell #none' : undefined
      },
    },
  )
  return all
}

const region = { run: 0, index: 0 }
const linkOf = ([message]: readonly ServerMessage[]) =>
  message?.type === 'opened' ? message.link : message?.type

test('a page should open the lines of its regions, and the files of messages, and no other', async () => {
  assert.match(linkOf(await told({ type: 'open', version: 'v', region }))!, /a\.md:3:1$/)
  assert.match(linkOf(await told({ type: 'open', version: 'v', region, lines: 1 }))!, /a\.md:4:1$/)
  assert.match(linkOf(await told({ type: 'open', version: 'v', region, lines: 90 }))!, /a\.md:5:1$/)
  assert.equal(linkOf(await told({ type: 'open', version: 'old', region })), 'refused')
  assert.equal(linkOf(await told({ type: 'open', version: 'v', region: { run: 3, index: -1 } })), 'refused')
  assert.match(linkOf(await told({ type: 'open-place', file: 'b.ts', line: 2, column: 4 }))!, /b\.ts:2:4$/)
  for (const file of ['../../etc/passwd', '/etc/passwd', 'a.md', ''])
    assert.equal(linkOf(await told({ type: 'open-place', file })), 'refused', file)
})

test('a page should print and run, and be told why not', async () => {
  await told({ type: 'print' })
  assert.deepEqual(await told({ type: 'run', label: 'one' }), [])
  assert.deepEqual(await told({ type: 'run', label: 'none' }), [
    { type: 'refused', reason: 'Unknown cell #none' },
  ])
  assert.deepEqual(ran, ['print', 'one', 'none'])
})
