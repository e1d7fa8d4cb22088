import assert from 'node:assert/strict'
import test from 'node:test'
import {
  addressOf,
  dateOf,
  dateOfParts,
  doiOf,
  isAddress,
  prepareValue,
} from '../../../src/render/page/prepare-values.ts'

test('dateOf should read the dates and ranges of biblatex', () => {
  const parts = (...all: number[][]) => ({ 'date-parts': all })
  const cases: [string, object][] = [
    ['2010', parts([2010])],
    [' 2010-05 ', parts([2010, 5])],
    ['2010-05-03T10:30:00', parts([2010, 5, 3])],
    ['-44', parts([-44])],
    ['2010~', { ...parts([2010]), circa: true }],
    ['2010-13', parts([2010])],
    ['2010-05-32', parts([2010, 5])],
    ['2010/2011', parts([2010], [2011])],
    ['2010-05/2011-06', parts([2010, 5], [2011, 6])],
    ['2010-05-03/2011', parts([2010], [2011])],
    ['2010/', { literal: '2010–' }],
    ['2010-05/..', { literal: '2010–' }],
    ['../2010', { literal: '–2010' }],
    ['/', { literal: '/' }],
    ['2010/2011/2012', { literal: '2010/2011/2012' }],
    ['2010/soon', { literal: '2010/soon' }],
    ['201X', { literal: '201X' }],
    ['May 2010', { literal: 'May 2010' }],
  ]
  for (const [text, date] of cases) assert.deepEqual(dateOf(text), date, text)
})

test('dateOfParts should read the year, month and day of BibTeX', () => {
  const cases: [[string, string, string], object][] = [
    [['2004', '', ''], { 'date-parts': [[2004]] }],
    [['2004', 'jan', ''], { 'date-parts': [[2004, 1]] }],
    [['2004', '1~jan', ''], { 'date-parts': [[2004, 1, 1]] }],
    [['2004', 'December 24', ''], { 'date-parts': [[2004, 12, 24]] }],
    [['2004', 'Sept.', '3'], { 'date-parts': [[2004, 9, 3]] }],
    [['2004', '7', '3'], { 'date-parts': [[2004, 7, 3]] }],
    [['2004', 'jan/feb', ''], { 'date-parts': [[2004]] }],
    [['2004', 'spring', ''], { 'date-parts': [[2004]] }],
    [['2004', '13', ''], { 'date-parts': [[2004]] }],
    [['in press', 'jan', ''], { literal: 'in press' }],
  ]
  for (const [[year, month, day], date] of cases) assert.deepEqual(dateOfParts(year, month, day), date, month)
})

test('addresses should be those that the author meant', () => {
  const cases: [string, string][] = [
    [String.raw`https://a.org/a\_b\%20c\#d\&e\~f`, 'https://a.org/a_b%20c#d&e~f'],
    [String.raw`\url{https://a.org/{\_}b}`, 'https://a.org/_b'],
    [String.raw`https://a.org/{\textasciitilde}b{c}`, 'https://a.org/~bc'],
    ['<https://a.org/ü>', 'https://a.org/%C3%BC'],
    ['https://a.org/100%', 'https://a.org/100%25'],
    ['https://a.org/%C3%BC', 'https://a.org/%C3%BC'],
  ]
  for (const [value, address] of cases) assert.equal(addressOf(value), address, value)
  const dois = [
    '10.1/a_b',
    'doi:10.1/a_b',
    'DOI: 10.1/a_b',
    'https://doi.org/10.1/a_b',
    'http://dx.doi.org/10.1/a\\_b',
    'doi.org/10.1/a_b',
    '{10.1/a{\\_}b}',
  ]
  for (const value of dois) assert.equal(doiOf(value), '10.1/a_b', value)
  assert.deepEqual(
    ['\\url{a b}', 'http://a.org', 'see http://a.org', '\\url{a} and b', 'http'].map(isAddress),
    [true, true, false, false, false],
  )
})

test('prepareValue should keep what names several publishers whole, and nothing else', () => {
  assert.equal(prepareValue('publisher', ' Smith and Sons '), '{Smith and Sons}')
  assert.equal(prepareValue('publisher', 'Sandstone'), 'Sandstone')
  assert.equal(prepareValue('author', 'A and B'), 'A and B')
})
