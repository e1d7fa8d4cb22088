import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openMessageBoard } from '../../../src/render/preview/message-board.ts'
import type { Message } from '../../../src/render/preview/protocol.ts'

const message = (reason: string, line: number, kind: Message['kind'] = 'warning'): Message => ({
  ...{ file: 'a.md', line, column: 1, reason, kind },
})

test('messages of slow checks should stay and move until the next check, others vanish at once', () => {
  const board = openMessageBoard()
  const told = () => board.all.map(({ reason, line }) => `${reason} ${line}`)
  board.updated([message('quick', 2, 'error')], [])
  board.checked([message('lint', 9), message('quick', 2, 'error')])
  board.typed([message('type', 4)])
  assert.deepEqual(told(), ['quick 2', 'lint 9', 'type 4'])
  board.updated([], [{ file: 'a.md', line: 5, by: 3 }])
  assert.deepEqual(told(), ['lint 12', 'type 4'])
  board.updated([message('type', 4)], [{ file: 'b.md', line: 1, by: 3 }])
  assert.deepEqual(told(), ['type 4', 'lint 12'])
  board.updated([], [])
  board.checked([])
  assert.deepEqual(told(), ['type 4'])
})
