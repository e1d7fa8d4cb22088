import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { csvAddress, readCsv, toCsv } from '../../../../src/render/page/tools/data-table.ts'

describe('toCsv', () => {
  test('should quote what needs it, and end every line with CRLF', () => {
    const table = {
      columns: ['a,b', 'c'],
      rows: [
        ['say "no"', 'two\nlines'],
        ['plain', null],
      ],
    }
    assert.equal(toCsv(table), '"a,b",c\r\n"say ""no""","two\nlines"\r\nplain,\r\n')
  })

  test('should write numbers in full, and let a spreadsheet take no text for a formula', () => {
    const rows = [[0.1 + 0.2, -1e-7, '=1+1', '+x', '-5', '@sum', '-2.5e-3', '\tx', '−3', true]]
    const [, line] = toCsv({ columns: [], rows }).split('\r\n')
    assert.equal(line, "0.30000000000000004,-1e-7,'=1+1,'+x,-5,'@sum,-2.5e-3,'\tx,−3,true")
  })

  test('should guard headings too', () => {
    assert.equal(toCsv({ columns: ['=x'], rows: [] }), "'=x\r\n")
  })
})

describe('csvAddress', () => {
  test('should be read back as it was', () => {
    const csv = 'a "b" <c>,é−\r\n100 %,#x&y?\r\n'
    const address = csvAddress(csv)
    assert.doesNotMatch(address, /[\s"<>#&]/)
    assert.equal(decodeURIComponent(address.slice(address.indexOf(',') + 1)), csv)
  })
})

test('readCsv should give back what toCsv wrote', () => {
  const rows = [
    ['a,b', 'say "no"', ''],
    ['two\nlines', '1e-7', 'x'],
  ]
  const csv = toCsv({ columns: ['one', 'two', ''], rows })
  assert.deepEqual(readCsv(csv), [['one', 'two', ''], ...rows])
})
