import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import test from 'node:test'
import type { WriteStream } from 'node:tty'
import { withProgress } from '../../../src/cli/data/console.ts'

const clear = '\r\u001b[K'

async function shownOn(terminal: Partial<WriteStream>, fails = false): Promise<string> {
  const stream = Object.assign(new PassThrough(), terminal) as unknown as WriteStream
  let text = ''
  stream.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8')
  })
  const work = async (report: (line: string) => void) => {
    report('one')
    report('a longer line')
    if (fails) throw new Error('no room')
  }
  await withProgress(work, stream).catch(() => {})
  return text
}

test('withProgress should rewrite one line on a terminal, cut to its width, and clear it', async () => {
  assert.equal(await shownOn({ isTTY: true, columns: 9 }), `${clear}one${clear}a longer${clear}`)
  assert.equal(await shownOn({ isTTY: true, columns: 0 }), `${clear}one${clear}a longer line${clear}`)
})

test('withProgress should clear the line if the work fails', async () => {
  assert.ok((await shownOn({ isTTY: true, columns: 80 }, true)).endsWith(clear))
})

test('withProgress should write plain lines elsewhere', async () => {
  assert.equal(await shownOn({}), 'one\na longer line\n')
})
