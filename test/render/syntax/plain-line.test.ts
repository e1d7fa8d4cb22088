import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { weftHome } from '../../../src/render/model/home.ts'
import { parseText } from '../../../src/render/syntax/blocks.ts'
import { plainLine } from '../../../src/render/syntax/plain-line.ts'

test('plainLine should give the tree that the parser gives', () => {
  const folder = join(weftHome(), 'report-src')
  const chapters = readdirSync(folder).filter((name) => name.endsWith('.md'))
  const words = chapters.flatMap((name) => readFileSync(join(folder, name), 'utf8').split(/\s+/))
  const lines = words.map((_, index) => words.slice(index, index + 1 + (index % 7)).join(' '))
  const own = [
    'Loss',
    'Remainders of the multiples of 2',
    'Größe (in %), 3 Läufe.',
    'www',
    'a.',
    'I, II',
    'Ελλάδα 𝒳',
  ]
  let count = 0
  for (const line of [...own, ...lines]) {
    const tree = plainLine(line)
    if (!tree) continue
    count += 1
    assert.deepEqual(tree, parseText(line), line)
  }
  assert.ok(own.every((line) => plainLine(line)) && count > 1_000, `${count} lines are plain`)
})

test('plainLine should leave to the parser what may be more than words', () => {
  const others = [
    '',
    ' a',
    'a ',
    'a  b',
    'a\nb',
    '1. a',
    '1',
    '*a*',
    'a_b_',
    '`a`',
    '$a$',
    '@fig-a',
    'a:b',
    'a.b',
    '~a~',
  ]
  for (const text of [
    ...others,
    'a & b',
    'a <b>',
    'a [b]',
    '# a',
    '- a',
    '> a',
    'a | b',
    'a\\b',
    'a!',
    'a^b^',
    '(a)',
  ])
    assert.equal(plainLine(text), undefined, text)
})
