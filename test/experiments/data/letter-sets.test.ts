import assert from 'node:assert/strict'
import test from 'node:test'
import { letterNames, letters } from 'weft/data'

test('letters', async (t) => {
  await t.test('should find each set by its name', () => {
    for (const name of letterNames) {
      assert.equal(letters(name).name, name)
      assert.equal(letters(name).classes.join(''), 'ABCDEFGHIJ')
    }
  })

  await t.test('should list the known sets for an unknown name', () => {
    const message =
      'Unexpected set of letters `notmnist`, expected `notmnist-small` or `notmnist-h5` or `stand-in-letters`'
    assert.throws(() => letters('notmnist'), { message })
  })
})
