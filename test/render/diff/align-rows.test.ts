import assert from 'node:assert/strict'
import test from 'node:test'
import { alignRows, type Row } from '../../../src/render/diff/align-rows.ts'

const rows = (...names: string[]): Row[] =>
  names.map((name) => ({ name, isNumber: /^\d/.test(name), texts: [name] }))

// `a` for both, `+b` for a new one, `-c` for one that is gone, `1>2` for one with another name.
function aligned(before: readonly Row[], after: readonly Row[]): string {
  return alignRows(before, after)
    .map(({ before: was, after: is }) => {
      if (was === undefined) return `+${after[is!]!.name}`
      if (is === undefined) return `-${before[was]!.name}`
      const names = [before[was]!.name, after[is]!.name]
      return names[0] === names[1] ? names[0] : names.join('>')
    })
    .join(' ')
}

test('alignRows should find rows by their names', () => {
  assert.equal(aligned(rows('a', 'b', 'c'), rows('a', 'x', 'c', 'd')), 'a -b +x c +d')
  assert.equal(aligned(rows('a', 'b'), rows('b', 'a')), 'b a')
  assert.equal(aligned(rows(), rows('a')), '+a')
  assert.equal(aligned(rows('a', 'b'), rows()), '-a -b')
  assert.equal(aligned(rows('a', 'a'), rows('a', 'a', 'a')), 'a a +a')
})

test('alignRows should keep rows of a sweep whose setting has changed', () => {
  assert.equal(aligned(rows('16', '32', 'all'), rows('16', '64', 'all')), '16 32>64 all')
  assert.equal(aligned(rows('16', '32'), rows('16')), '16 -32')
})

test('alignRows should take a row with half of its cells for the same under another name', () => {
  const row = (name: string, ...texts: string[]): Row => ({ name, isNumber: false, texts: [name, ...texts] })
  assert.equal(aligned([row('one', '1', '2')], [row('One', '1', '2')]), 'one>One')
  assert.equal(aligned([row('one', '1', '2')], [row('two', '3', '4')]), '-one +two')
})
