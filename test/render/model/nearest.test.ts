import assert from 'node:assert/strict'
import test from 'node:test'
import { nearest, orList, suggestion } from '../../../src/render/model/nearest.ts'

test('nearest should find the name that the author probably meant', () => {
  const names = ['accuracy', 'loss', 'binary', 'binaryParams']
  const cases: [string, string | undefined][] = [
    ['acuracy', 'accuracy'],
    ['accuracyy', 'accuracy'],
    ['ACCURACY', 'accuracy'],
    ['los', 'loss'],
    ['binry', 'binary'],
    ['binaryParam', 'binaryParams'],
    ['zebra', undefined],
    ['somethingElse', undefined],
  ]
  for (const [name, expected] of cases) assert.equal(nearest(name, names), expected, name)
  assert.equal(nearest('x', []), undefined)
})

test('nearest should take two letters that changed places for one slip', () => {
  const marks = ['arc', 'area', 'bar', 'boxplot', 'image', 'line', 'point', 'rect', 'trail']
  for (const [name, expected] of [
    ['bra', 'bar'],
    ['lnie', 'line'],
    ['piont', 'point'],
    ['rcet', 'rect'],
    ['iamge', 'image'],
  ] as const)
    assert.equal(nearest(name, marks), expected, name)
})

test('nearest should find the first of the nearest among many names that have the same letters or lengths', () => {
  const many = Array.from({ length: 2_000 }, (_, index) => `author${2_000 + index}title`)
  assert.equal(nearest('autohr2345titel', many), 'author2345title')
  assert.equal(nearest('author23x5title', many), 'author2305title')
  assert.equal(nearest('eltit5432rohtua', many), undefined)
  assert.equal(nearest('😀😀x', ['abc', '😀😀y']), '😀😀y')
})

test('suggestion should ask at the end of a message, or say nothing', () => {
  assert.equal(suggestion('los', ['loss']), ': did you mean `loss`?')
  assert.equal(suggestion('zebra', ['loss']), '')
})

test('orList should write a list as prose', () => {
  const cases: [string[], string][] = [
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a or b'],
    [['a', 'b', 'c'], 'a, b or c'],
  ]
  for (const [names, text] of cases) assert.equal(orList(names), text)
})
