import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { documentDate, numberNodes, setDates } from '../../../src/render/print/same-bytes.ts'

const date = new Date('2026-11-30T01:02:03Z')

function dated(entries: string): string {
  return Buffer.from(setDates(Buffer.from(`%PDF\xff ${entries} end`, 'latin1'), date)).toString('latin1')
}

describe('setDates', () => {
  test('should write the date in the place of both, at the same length', () => {
    const entries = "/CreationDate (D:20250101101112+00'00')\n/ModDate (D:20250101101112+00'00')"
    const wanted = "/CreationDate (D:20261130010203+00'00')\n/ModDate (D:20261130010203+00'00')"
    assert.equal(dated(entries), `%PDF\xff ${wanted} end`)
  })

  test('should write UTC where another zone was longer, with space to spare', () => {
    assert.equal(
      dated("/ModDate (D:20250101101112+00'00'XX)"),
      "%PDF\xff /ModDate (D:20261130010203+00'00')   end",
    )
  })

  test('should refuse a PDF with no date, or with one too short', () => {
    assert.throws(() => dated('nothing'), /expected a date of creation, found none/)
    assert.throws(() => dated('/ModDate (D:20250101101112Z)'), /Unexpected date in the PDF/)
  })
})

describe('documentDate', () => {
  test('should take SOURCE_DATE_EPOCH first, then the day, then a fixed one', () => {
    assert.equal(documentDate('2026-11-30', '0').toISOString(), '1970-01-01T00:00:00.000Z')
    assert.equal(documentDate('2026-11-30', undefined).toISOString(), '2026-11-30T00:00:00.000Z')
    assert.equal(documentDate('2026-11-30', 'soon').toISOString(), '2026-11-30T00:00:00.000Z')
    assert.equal(documentDate(undefined, undefined).toISOString(), '1980-01-01T00:00:00.000Z')
  })
})

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))

describe('numberNodes', () => {
  test('should give two prints that differ in the numbers of nodes the same bytes', () => {
    const print = (first: string, second: string) =>
      bytes(
        `/ID (node${first}) /Headers [(node${first}) (node${second})] /Names [(node${first}) 1 (node${second}) 2]`,
      )
    const numbered = numberNodes(print('00000131', '00000140'))
    assert.deepEqual(numbered, numberNodes(print('00000130', '00000139')))
    assert.deepEqual(numbered, print('00000001', '00000002'))
  })

  test('should give two prints that number the nodes in another order the same bytes, with a sorted index', () => {
    const print = (head: string, cell: string, index: string) =>
      bytes(`1 0 obj /ID (node${head}) 22 0 obj /ID (node${cell}) /Headers [(node${head})] ${index}`)
    const indexOf = (first: string, last: string, order: readonly [string, string]) =>
      `<</Limits [(node${first}) (node${last})]\n/Names [(node${first}) ${order[0]} 0 R (node${last}) ${order[1]} 0 R]>>`
    const inOrder = print('00000007', '00000009', indexOf('00000007', '00000009', ['1', '22']))
    const painted = print('00000040', '00000030', indexOf('00000030', '00000040', ['22', '1']))
    const wanted = print('00000001', '00000002', indexOf('00000001', '00000002', ['1', '22']))
    assert.deepEqual(numberNodes(inOrder), wanted)
    assert.deepEqual(numberNodes(painted), wanted)
  })

  test('should keep the order of names without one index of all of them, and other bytes', () => {
    const pdf = bytes('(node00000020) (node00000003) \u00ff (node) (node123)')
    assert.deepEqual(numberNodes(pdf), bytes('(node00000002) (node00000001) \u00ff (node) (node123)'))
  })
})
