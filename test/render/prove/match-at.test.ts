import assert from 'node:assert/strict'
import test from 'node:test'
import { findGrid, rowTemplates } from '../../../src/render/prove/grid.ts'
import { findFrom, holds, type Sought, templateOf } from '../../../src/render/prove/match-at.ts'
import { blockEnd, foldBody, foldPage, gap, joinPages } from '../../../src/render/prove/printed-text.ts'

function found(sought: Sought, ...pages: readonly string[]): string | undefined {
  const { text } = joinPages(pages.map(foldPage))
  const match = findFrom(templateOf(sought), text, 0)
  return match && text.slice(match.start, match.end)
}

test('findFrom should find a value over the ends of lines and pages, and beside formulas', () => {
  const sought = { before: 'is right for ', text: '91.2 %', after: ' of all' }
  assert.equal(found(sought, 'It is right for 91.2\u00a0% of all.'), '91.2 %')
  assert.equal(found(sought, 'It is right\nfor 91.2 %\nof all.'), '91.2 %')
  assert.equal(found(sought, 'It is right for 91.2 %', 'of all.'), '91.2 %')
  assert.equal(
    found({ before: `rate ${gap} `, text: '0.5', after: ` then` }, 'rate \u03b7 = 2 0.5 then'),
    '0.5',
  )
  assert.equal(found({ text: '5', after: blockEnd }, 'rows:\n5\n6'), '5')
})

test('findFrom should find a word that is parted at the end of a line or of a page', () => {
  const sought = { text: 'the accuracy' }
  for (const pages of [
    ['the accuracy is'],
    ['the accu-\nracy is'],
    ['the accu-racy is'],
    ['the accu-', 'racy is'],
  ])
    assert.ok(found(sought, ...pages), pages.join(' | '))
  for (const pages of [['the accu- racy is'], ['the accu-', 'rate one'], ['the 12-', '34']])
    assert.equal(found(sought, ...pages), undefined, pages.join(' | '))
})

test('findFrom should not find a value that lost or gained a sign, a digit or a ligature', () => {
  for (const [text, printed] of [
    ['\u22120.25', '0.25'],
    ['\u22120.25', '-0.25'],
    ['0.25', '\u22120.25'],
    ['12', '125'],
    ['12', '312'],
    ['12', '12.5'],
    ['1,234', '1234'],
    ['5 %', '5'],
    ['5', '5%'],
    ['\ufb01nal 3', 'nal 3'],
    ['0.93', '-0.93'],
    ['0.93', '> 0.93 %'],
    ['0.93', '<0.93'],
    ['0.93', '~0.93'],
    ['0.93', '\u2248 0.93'],
    ['0.93', '\u2264\u20090.93'],
    ['0.93', '0.93\u202f%'],
    ['0.93', '0.93·10⁻³'],
    ['0.93', '0.93 × 10³'],
    ['0.93', '0.93 ± 0.01'],
    ['2.0', '2.0 million'],
    ['2.0', '2.0\u00a0billion'],
  ] as const)
    assert.equal(found({ text }, printed), undefined, `${text} in ${printed}`)
  assert.equal(found({ text: '\ufb01nal 3' }, 'final 3'), 'final 3')
})

test('findFrom should find what is a block of its own only as whole lines', () => {
  for (const printed of [
    'We train 3 models.',
    '3 models',
    'the 3',
    'We train\n3 models',
    'models\nof 3\nclasses',
  ])
    assert.equal(found({ text: '3', isLine: true }, printed), undefined, printed)
  for (const printed of ['3', 'a\n3\nb', '\u2022 3', '2. 3\nb'])
    assert.equal(found({ text: '3', isLine: true }, printed), '3', printed)
  assert.equal(found({ text: '3', isLine: true }, 'a', '3', 'b'), '3')
  assert.equal(found({ text: 'It is', isLine: 'begun' }, 'a\nIt is so'), 'It is')
  assert.equal(found({ text: 'It is', isLine: 'ended' }, 'a\nIt is so'), undefined)
  assert.equal(found({ text: 'is so', isLine: 'ended' }, 'a\nIt is so\nb'), 'is so')
})

test('holds should take a text as it was set, with formulas in it', () => {
  for (const [held, wanted] of [
    ['2.0', '2.0'],
    [' 91.2\u00a0%\n', '91.2 %'],
    ['', ''],
    ['x = 3', gap],
    ['rate η = 0.5', `rate ${gap}`],
    ['η of all', `${gap} of all`],
    ['a b a b', `${gap}a b`],
    ['First', `First${blockEnd}`],
  ] as const)
    assert.ok(holds(held, wanted), `${held} as ${wanted}`)
})

test('holds should see what was added, lost or is not empty', () => {
  for (const [held, wanted] of [
    ['2.0 million', '2.0'],
    ['a 2.0', '2.0'],
    ['2.0', '2.0 million'],
    ['', '2.0'],
    ['2.0', ''],
    ['•', ''],
    ['2.0 2.0', '2.0'],
    ['1. 3', '3'],
  ] as const)
    assert.ok(!holds(held, wanted), `${held} as ${wanted}`)
})

test('a text that goes on over the end of a page should be found, however many formulas are read behind it', () => {
  const formulas = 'a +1 a x +2 2 a x +3 3\n'.repeat(40)
  const { text } = joinPages([
    foldBody({ body: `It is right\n${formulas}`, formulas }),
    foldBody({ body: 'for 91.2 % of all', formulas: '' }),
  ])
  const [sought] = [{ before: 'is right ', text: 'for 91.2 %', after: ' of all' }]
  assert.ok(findFrom(templateOf(sought), text, 0))
  assert.equal(findFrom(templateOf({ ...sought, before: 'is wrong ' }), text, 0), undefined)
})

test('a table should be found over pages whose formulas are read behind its rows, and only if nothing else is', () => {
  const cell = (text: string) => ({ text, spot: { file: 'a', position: undefined } })
  const rows = rowTemplates({
    name: '#t',
    head: ['A', 'B'].map(cell),
    rows: [['r1', '1'].map(cell), ['r2', '2'].map(cell), ['r3', '3'].map(cell)],
  })
  const formulas = '(1)\na +1 a x +2 2 a x +3 3\n'.repeat(40)
  const printed = (first: string, more: string) =>
    joinPages([
      foldBody({ body: `Text.\nA B\nr1 1\n${first}${more}`, formulas: more }),
      foldPage('A B\nr2 2\nr3 3\nText.'),
    ]).text
  assert.ok(findGrid(rows, printed('', ''), 0))
  assert.ok(findGrid(rows, printed('', formulas), 0))
  const words = 'Words that stand between the rows of the table, longer than a formula.\n'
  assert.equal(findGrid(rows, printed(words, ''), 0), undefined)
  assert.equal(findGrid(rows, printed(words, formulas), 0), undefined)
})

test('a word parted at the end of a line should be found, and no number', () => {
  const found = (printed: string, wanted: string) =>
    findFrom(templateOf({ text: wanted }), printed, 0) !== undefined
  assert.ok(found('mit Geschwin-digkeit gemessen', 'Geschwindigkeit'))
  assert.ok(found('mit Geschwin-\ndigkeit gemessen', 'Geschwindigkeit'))
  assert.ok(!found('von 1-2 gemessen', '12'))
  assert.ok(!found('mit Geschwin--digkeit', 'Geschwindigkeit'))
})

test('a row that ends with what is not known should go on to the end of some line', () => {
  const cells = (...texts: string[]) => texts.map((text) => ({ text, spot: {} as never }))
  const rows = rowTemplates({
    name: 'the table',
    head: cells('Question', 'Where'),
    rows: [cells('First', `Section 3${gap}`), cells('Second', `Section 4${gap}`)],
  })
  const text = foldPage('Question Where\nFirst Section 3, p. 6\nSecond Section 4, p. 12\nBehind.')
  assert.ok(findGrid(rows, text, 0))
  assert.equal(findGrid(rows, text.replace('Second', 'Third'), 0), undefined)
  const apart = text.replace('p. 6\n', `p. 6\n${'Something that stands between them.\n'.repeat(4)}`)
  assert.equal(findGrid(rows, apart, 0), undefined)
})
