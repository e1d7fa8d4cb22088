import assert from 'node:assert/strict'
import test from 'node:test'
import { parseBibtex } from '../../../src/render/syntax/parse-bibtex.ts'

/** The problems of a text: the place of each fault as `line:column`, and its message. */
function faultsOf(text: string): string[] {
  return parseBibtex(text).problems.map(({ reason, offset, isWarning }) => {
    const before = text.slice(0, offset).split('\n')
    return `${before.length}:${before.at(-1)!.length + 1} ${isWarning ? 'warning: ' : ''}${reason}`
  })
}

/** The values of the first entry of a text, by name. */
function valuesOf(text: string): Record<string, string> {
  return Object.fromEntries(
    [...parseBibtex(text).entries[0]!.fields].map(([name, { value }]) => [name, value]),
  )
}

test('parseBibtex should read entries, their fields and strings', () => {
  const text = [
    'A comment with an a@b.org in it.',
    '@comment{anything {goes} @here}',
    '@string{nips = "Advances in {Neural} Systems", short = {NIPS}}',
    '@Article{ioffe:2015/b+n,',
    '  author = {Ioffe, Sergey and {Sz\\}egedy}},',
    '  Title = "Batch {"}Norm{"}",',
    '  journal = nips # " 28" # short,',
    '  month = jul,',
    '  year = 2015,',
    '}',
    '@misc(round2016, title = {In (round) brackets})',
    '@misc{bare}',
  ].join('\n')
  const { entries, problems, strings } = parseBibtex(text)
  assert.deepEqual(problems, [])
  assert.deepEqual(strings, ['@string{nips = "Advances in {Neural} Systems", short = {NIPS}}'])
  assert.deepEqual(
    entries.map(({ key, type, fields, offset }) => [
      key,
      type,
      Object.fromEntries([...fields].map(([name, { value }]) => [name, value])),
      text[offset],
    ]),
    [
      [
        'ioffe:2015/b+n',
        'article',
        {
          author: 'Ioffe, Sergey and {Sz\\}egedy}',
          title: 'Batch {"}Norm{"}',
          journal: 'Advances in {Neural} Systems 28NIPS',
          month: 'jul',
          year: '2015',
        },
        '@',
      ],
      ['round2016', 'misc', { title: 'In (round) brackets' }, '@'],
      ['bare', 'misc', {}, '@'],
    ],
  )
  assert.equal(
    text.slice(entries[1]!.fields.get('title')!.offset).split('\n')[0],
    'title = {In (round) brackets})',
  )
})

const faulty: [string, string][] = [
  ['@misc{, title = {A}}', '1:7 Unexpected `,`, expected a key, as in `@article{adam2015,`'],
  ['@misc{a title = {A}}', '1:9 Unexpected `title`, expected `,` after the key `a`'],
  ['@misc{a,\n  title {A}}', '2:9 Unexpected `{A}}`, expected `=` after `title`'],
  ['@misc{a,\n  title = }', '2:11 Unexpected `}`, expected a value in braces or quotes, or a number'],
  [
    '@misc{a,\n  title = {A}\n  year = 2015}',
    '3:3 Unexpected `year`, expected `,` or `}` after the value of `title`',
  ],
  ['\n@misc{a, title = {A}', '2:1 Cannot find the end of this entry, expected `}` before the next one'],
  ['@misc{a, title = {A', '1:18 Cannot find the end of this value, its brace is never closed'],
  ['@misc{a, title = "A', '1:18 Cannot find the end of this value, its quote is never closed'],
  ['@comment{a', '1:9 Cannot find the end of this block'],
]

for (const [text, fault] of faulty) {
  test(`parseBibtex should say where \`${text.replaceAll('\n', ' ')}\` is wrong, and continue`, () => {
    const whole = `${text}\n@misc{sound, title = {Sound}}\n`
    assert.deepEqual(faultsOf(text), [fault])
    // A block without an end includes all the rest.
    if (text.startsWith('@comment')) return
    assert.deepEqual(faultsOf(whole).length, 1)
    assert.deepEqual(
      parseBibtex(whole).entries.map(({ key }) => key),
      ['sound'],
    )
  })
}

const unknown = (name: string) =>
  `warning: Unknown string \`${name}\`, expected a value in braces or quotes, a number or the name of an \`@string\`: it is printed as it stands`

const doubtful: [string, string[], Record<string, string>][] = [
  ['@misc{a, title = words, year = 2001}', [`1:18 ${unknown('words')}`], { title: 'words', year: '2001' }],
  ['@misc{a, month = "1~" # jan # "/" # Febr}', [`1:37 ${unknown('Febr')}`], { month: '1~jan/Febr' }],
  [
    '@misc{a, title = {A}, Title = {B}}',
    ['1:23 warning: Unexpected second `title`, expected one: the first counts'],
    { title: 'A' },
  ],
  [
    '@misc{a, title = {A}, title = b}',
    [`1:31 ${unknown('b')}`, '1:23 warning: Unexpected second `title`, expected one: the first counts'],
    { title: 'A' },
  ],
  ['@string{a = {A}}\n@string{B = A # { and } # a}\n@misc{a, title = b # "!"}', [], { title: 'A and A!' }],
  [
    '@misc{a, title = constructor # __proto__}',
    [`1:18 ${unknown('constructor')}`, `1:32 ${unknown('__proto__')}`],
    { title: 'constructor__proto__' },
  ],
  ['@string{constructor = {C}}\n@misc{__proto__, constructor = constructor}', [], { constructor: 'C' }],
]

for (const [text, faults, values] of doubtful) {
  test(`parseBibtex should read \`${text.replaceAll('\n', ' ')}\` as BibTeX does, and warn`, () => {
    assert.deepEqual(faultsOf(text), faults)
    assert.deepEqual(valuesOf(text), values)
  })
}

test('parseBibtex should not let strings of strings grow beyond all bounds', () => {
  const strings = Array.from({ length: 40 }, (_, index) => `@string{a${index + 1} = a${index} # a${index}}`)
  const text = ['@string{a0 = "xx"}', ...strings, '@misc{a, title = {A}}'].join('\n')
  const [first] = faultsOf(text)
  assert.equal(first, '17:15 Cannot put its strings together, expected at most 100000 characters')
  assert.deepEqual(valuesOf(text), { title: 'A' })
})
