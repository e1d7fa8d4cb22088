import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proseOf } from '../../../../src/render/notebook/import/prose-cell.ts'
import type { ReadCell } from '../../../../src/render/notebook/import/read-notebook.ts'

test('proseOf should give each picture of a cell a name of its own', () => {
  const names = ['a b.png', 'a-b.png', 'a  b.png', 'a?b.png']
  const attachments = Object.fromEntries(
    names.map((name, index) => [name, { 'image/png': Buffer.from([index]).toString('base64') }]),
  )
  const source = names.map((name) => `![A](<attachment:${name}>)`).join(' ')
  const { text, pictures } = proseOf(
    { source, attachments, number: 3 } as unknown as ReadCell,
    'files',
    new Set(),
  )
  const made = ['a-b.png', 'cell-3-a-b.png', 'cell-3-2-a-b.png', 'cell-3-3-a-b.png']
  assert.deepEqual(
    pictures.map(({ name, bytes }) => [name, bytes[0]]),
    made.map((name, index) => [name, index]),
  )
  assert.equal(text, made.map((name) => `![A](<files/${name}>)`).join(' '))
})
