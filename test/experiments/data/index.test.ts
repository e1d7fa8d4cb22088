import assert from 'node:assert/strict'
import test from 'node:test'
import { dataset } from 'weft/data'
import { garments } from '../../../src/experiments/data/garments.ts'

test('dataset', async (t) => {
  await t.test('should find each set by its name', () => {
    for (const name of ['fashion-mnist', 'stand-in-garments', 'stand-in-letters'])
      assert.equal(dataset(name).name, name)
  })

  await t.test('should list the known sets for an unknown name', () => {
    const message =
      'Unexpected data set `mnist`, expected `fashion-mnist` or `stand-in-garments` or `stand-in-letters`'
    assert.throws(() => dataset('mnist'), { message })
  })
})

test('garments', async (t) => {
  await t.test('should accept only garments', () => {
    assert.equal(garments('stand-in-garments').name, 'stand-in-garments')
    assert.throws(() => garments('stand-in-letters'), /expected `fashion-mnist` or `stand-in-garments`/)
  })
})
