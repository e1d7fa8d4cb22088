import assert from 'node:assert/strict'
import test from 'node:test'
import { findLiterals, type LiteralKind } from '../../../src/render/lint/find-literals.ts'

const found: readonly (readonly [text: string, kind: LiteralKind, literal: string, number: string])[] = [
  ['The network is right for 91.2 % of the images.', 'percent', '91.2 %', '91.2'],
  ['It has 91.2% now.', 'percent', '91.2%', '91.2'],
  ['about 91 percent of them', 'percent', '91 percent', '91'],
  ['about 91 per cent of them', 'percent', '91 per cent', '91'],
  ['a 5-percent margin', 'percent', '5-percent', '5'],
  ['1.5 percentage points more', 'percent', '1.5 percentage points', '1.5'],
  ['91.2\u00a0%', 'percent', '91.2\u00a0%', '91.2'],
  ['91.2\u202f% with a thin space', 'percent', '91.2\u202f%', '91.2'],
  ['91.2\n% on two lines', 'percent', '91.2\n%', '91.2'],
  ['0 % of them', 'percent', '0 %', '0'],
  ['3 ‰ of them', 'percent', '3 ‰', '3'],
  ['91,2 % as some write it', 'percent', '91,2 %', '91.2'],
  ['96.3 ± 0.4 % over the seeds', 'percent', '96.3 ± 0.4 %', '96.3'],
  ['96.3 +/- 0.4 %', 'percent', '96.3 +/- 0.4 %', '96.3'],
  ['90–95 % of all', 'percent', '90–95 %', '95'],
  ['from 90 to 95 %', 'percent', '90 to 95 %', '95'],
  ['(91.2 %)', 'percent', '91.2 %', '91.2'],
  ['the share is −3.5 %', 'percent', '−3.5 %', '-3.5'],
  ['an accuracy of 0.873 on the test images', 'decimal', '0.873', '0.873'],
  ['Accuracy 0.912, loss 0.3', 'decimal', '0.912', '0.912'],
  ['it ends at 0.912.', 'decimal', '0.912', '0.912'],
  ['a slope of -0.5', 'decimal', '-0.5', '-0.5'],
  ['a slope of −0.5', 'decimal', '−0.5', '-0.5'],
  ['p < .05', 'decimal', '.05', '.05'],
  ['the loss (1.23) falls', 'decimal', '1.23', '1.23'],
  ['~0.9 in all', 'decimal', '0.9', '0.9'],
  ['between 0.5 and 0.9', 'decimal', '0.5 and 0.9', '0.9'],
  ['3.1 ± 0.2', 'decimal', '3.1 ± 0.2', '3.1'],
  ['12 ± 3 on average', 'decimal', '12 ± 3', '12'],
  ['1,234.5 in total', 'decimal', '1,234.5', '1234.5'],
  ['Adam has 0.912 at its best', 'decimal', '0.912', '0.912'],
  ['The loss of Adam 0.31 is lowest', 'decimal', '0.31', '0.31'],
  ['it takes 3.2 s', 'duration', '3.2 s', '3.2'],
  ['it takes 3.2s', 'duration', '3.2s', '3.2'],
  ['it takes 12 minutes', 'duration', '12 minutes', '12'],
  ['a 12-minute run', 'duration', '12-minute', '12'],
  ['within 40 ms', 'duration', '40 ms', '40'],
  ['in 5 µs', 'duration', '5 µs', '5'],
  ['in 2 min 5 s', 'duration', '2 min 5 s', '2'],
  ['3 h of work', 'duration', '3 h', '3'],
  ['for 10 days', 'duration', '10 days', '10'],
  ['12,000 images', 'count', '12,000 images', '12000'],
  ['60\u202f000 training images', 'count', '60\u202f000 training images', '60000'],
  ['12000 images', 'count', '12000 images', '12000'],
  ['on 5 000 images', 'count', '5 000 images', '5000'],
  ['after 40 epochs', 'count', '40 epochs', '40'],
  ['after 40 full epochs', 'count', '40 full epochs', '40'],
  ['2 hidden layers', 'count', '2 hidden layers', '2'],
  ['of 300 units', 'count', '300 units', '300'],
  ['over 5 seeds', 'count', '5 seeds', '5'],
  ['1 seed alone', 'count', '1 seed', '1'],
  ['2 or 3 seeds', 'count', '2 or 3 seeds', '3'],
  ['is done 3 times', 'count', '3 times', '3'],
  ['In 10 runs', 'count', '10 runs', '10'],
  ['After 40 epochs', 'count', '40 epochs', '40'],
  ['in batches of 32 images', 'count', '32 images', '32'],
  ['28 × 28 pixels', 'count', '28 × 28 pixels', '28'],
  ['28x28 pixels', 'count', '28x28 pixels', '28'],
  ['300,000 parameters', 'count', '300,000 parameters', '300000'],
  ['1.5 million images', 'count', '1.5 million images', '1.5'],
  ['3 million of them', 'count', '3 million', '3'],
  ['a file of 512 MB', 'count', '512 MB', '512'],
  ['at 3.4 GHz', 'count', '3.4 GHz', '3.4'],
  ['at 20 °C', 'count', '20 °C', '20'],
  ['2000 images', 'count', '2000 images', '2000'],
  ['10 classes', 'count', '10 classes', '10'],
  ['2x faster', 'factor', '2x', '2'],
  ['2.5x faster', 'factor', '2.5x', '2.5'],
  ['3× faster', 'factor', '3×', '3'],
  ['3 × faster', 'factor', '3 ×', '3'],
  ['faster by ×2', 'factor', '×2', '2'],
  ['at most 1.5e-3', 'scientific', '1.5e-3', '1.5'],
  ['at most 1e−4', 'scientific', '1e−4', '1'],
  ['at 3 × 10⁻⁴', 'scientific', '3 × 10⁻⁴', '3'],
  ['at 3 x 10^-4', 'scientific', '3 x 10^-4', '3'],
  ['about 10⁻⁵ off', 'scientific', '10⁻⁵', '10'],
  ['Sections 3 and 4 need 40 epochs', 'count', '40 epochs', '40'],
  ['In 2015 it took 3.5 hours', 'duration', '3.5 hours', '3.5'],
]

const none: readonly string[] = [
  'two hidden layers of the three',
  'five seeds, twice, a third of them, once in ten',
  'a label of 0 or 1',
  'divided by 255',
  '784-300-100-10',
  'a 784-300-100-10 network',
  'Fashion-MNIST, 28 x 28',
  '28×28 in all',
  'Node 20',
  'Node 20 runs it',
  'Node 20.16 and npm 10',
  'Python 3.11',
  'TensorFlow 2.15 has it',
  'Apache 2.0 or CC BY-SA 4.0',
  'version 1.2.3',
  'version 1.2 of it',
  'v1.2',
  '1.2.3',
  'ES2023',
  'L2 and F1 and C4.5',
  'top-5 accuracy',
  'float32, int8 and 32-bit floats',
  'a 10-class network, 5-fold',
  '2D and 3D',
  'the 1st, 2nd and 10th of them',
  'on 2026-11-30',
  'on 2026-11-30 images were drawn',
  'on 30 November 2026',
  'on November 30, 2026',
  'in May 2020 images were rare',
  'in 2015',
  'In 2015 networks had fewer layers',
  'since 2015 images are larger',
  'Kingma and Ba (2015)',
  '2015–2020',
  'the 1990s and the 80s',
  'at 10:30',
  'Section 3 shows',
  'Sections 3.1 and 3.2',
  'Table 2.1, Figure 3.4 and Eq. 1.5',
  'Part 2 has more',
  'pp. 3–5, p. 0.5',
  '[@kingma2015adam, p. 3.2]',
  '[see @a, sec. 2.5; @b, 91.2 %]',
  '@kingma2015adam [p. 3.5]',
  '@fig-rate-0.5 and @sec-2',
  'https://example.org/0.5/91.2%25',
  'doi:10.1000/0.912',
  '10.1000/0.912',
  'arXiv:1412.6980',
  'a.b@example.org',
  '1) one, 2) two',
  'see [^1]',
  '$5 or €3.50',
  'file-0.5.csv',
  'data_0.5',
  'seed 3 images',
  'Type 2 errors',
  '1/10',
  'a ratio of 1:10',
  'x2 and y3',
  'a list of 2,5 and so on',
  '\ufffc epochs, \ufffc %',
]

for (const [text, kind, literal, number] of found) {
  test(`should find a ${kind} in ${JSON.stringify(text)}`, () => {
    const [first] = findLiterals(text)
    assert.deepEqual([first?.kind, first?.text, first?.number], [kind, literal, number])
    assert.equal(text.slice(first!.index, first!.index + literal.length), literal)
  })
}

for (const text of none) {
  test(`should find nothing in ${JSON.stringify(text)}`, () => {
    assert.deepEqual(
      findLiterals(text).map((literal) => literal.text),
      [],
    )
  })
}

test('should find every literal of a text, in order', () => {
  const text = 'From 0.3 at 40 epochs to 91.2 %, in 3 s and ×2, on 10⁻³ of it'
  assert.deepEqual(
    findLiterals(text).map((literal) => literal.text),
    ['0.3', '40 epochs', '91.2 %', '3 s', '×2', '10⁻³'],
  )
})

test('should separate a deviation from its number', () => {
  const [literal] = findLiterals('96.3 ± 0.4 %')
  assert.deepEqual([literal!.number, literal!.deviation, literal!.unit], ['96.3', '0.4', '%'])
})

test('should read a decimal comma if the language has one', () => {
  assert.deepEqual(findLiterals('eine Genauigkeit von 0,873'), [])
  const [literal] = findLiterals('eine Genauigkeit von 0,873', { lang: 'de' })
  assert.deepEqual([literal!.text, literal!.number], ['0,873', '0.873'])
})

test('should read numbers as their language writes them', () => {
  const read = (lang: string, text: string) =>
    findLiterals(text, { lang }).map(({ text: words, number }) => [words, number])
  assert.deepEqual(read('de', 'Es sind 1.234,5 und 1.234 % und 12.345.678 m, nicht 1.234 allein.'), [
    ['1.234,5', '1234.5'],
    ['1.234 %', '1234'],
    ['12.345.678 m', '12345678'],
  ])
  assert.deepEqual(read('fr', 'Soit 1\u202f234,5 et 96,25\u00a0%.'), [
    ['1\u202f234,5', '1234.5'],
    ['96,25\u00a0%', '96.25'],
  ])
  assert.deepEqual(read('de-CH', 'Es sind 1’234.5.'), [['1’234.5', '1234.5']])
  assert.deepEqual(read('ja', '1,234.5 と 0.25'), [
    ['1,234.5', '1234.5'],
    ['0.25', '0.25'],
  ])
})

test('should be fast for a long text without a literal', () => {
  const text = `${'1, 2, 3, '.repeat(20_000)}${'word '.repeat(20_000)}`
  assert.deepEqual(findLiterals(text), [])
})
