import assert from 'node:assert/strict'
import test from 'node:test'
import { numberNodes } from '../../../src/render/print/number-nodes.ts'

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))

test('numberNodes', async (t) => {
  await t.test('should give two prints that differ in the numbers of nodes the same bytes', () => {
    const print = (first: string, second: string) =>
      bytes(
        `/ID (node${first}) /Headers [(node${first}) (node${second})] /Names [(node${first}) 1 (node${second}) 2]`,
      )
    const numbered = numberNodes(print('00000131', '00000140'))
    assert.deepEqual(numbered, numberNodes(print('00000130', '00000139')))
    assert.deepEqual(numbered, print('00000001', '00000002'))
  })

  await t.test('should keep the order of names, and other bytes', () => {
    const pdf = bytes('(node00000020) (node00000003) \u00ff (node) (node123)')
    assert.deepEqual(numberNodes(pdf), bytes('(node00000002) (node00000001) \u00ff (node) (node123)'))
  })
})
