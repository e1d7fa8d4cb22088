import assert from 'node:assert/strict'
import test from 'node:test'
import type { Shown } from '../../../src/render/check/judgement.ts'
import { matchShown } from '../../../src/render/diff/match-shown.ts'

const one = (id: string, source: string, file = 'a.md'): Shown => ({
  id,
  file,
  kind: 'value',
  source,
  text: '',
  read: {},
  printed: [],
})

function found(before: Shown[], after: Shown[], sentences: Record<string, string> = {}) {
  const words = ({ id = '' }: Shown) => sentences[id]
  return matchShown(before, after, { before: words, after: words }).map(
    ({ before: was, after: is, found: how }) => [was?.id, is?.id, how],
  )
}

test('matchShown should match by id whatever stands before', () => {
  assert.deepEqual(found([one('s/1', 'x')], [one('s/2', 'y'), one('s/1', 'x')]), [
    [undefined, 's/2', undefined],
    ['s/1', 's/1', undefined],
  ])
})

test('matchShown should find what was renamed, rewritten or moved, and say how', () => {
  assert.deepEqual(found([one('s/1', 'x')], [one('t/1', 'x')]), [['s/1', 't/1', 'renamed']])
  const sentences = {
    's/1': 'The loss of all is #.',
    's/2': 'The loss of all is #.',
    's/3': 'Other words altogether #.',
  }
  assert.deepEqual(found([one('s/1', 'x')], [one('s/3', 'z'), one('s/2', 'y')], sentences), [
    [undefined, 's/3', undefined],
    ['s/1', 's/2', 'rewritten'],
  ])
  assert.deepEqual(found([one('s/1', 'x')], [one('b/1', 'x', 'b.md')]), [['s/1', 'b/1', 'moved']])
})

test('matchShown should not match by a sentence of a few words', () => {
  assert.deepEqual(found([one('s/1', 'x')], [one('s/2', 'y')], { 's/1': '#', 's/2': '#' }), [
    [undefined, 's/2', undefined],
    ['s/1', undefined, undefined],
  ])
})
