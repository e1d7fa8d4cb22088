import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { checkFigure, figures, firstOfKinds } from './shipped-figures.ts'

describe('interactiveSpec of all shipped figures', () => {
  test('should find figures to try', () => assert.ok(figures.length > 20))

  for (const name of figures.filter((one) => !firstOfKinds().includes(one)))
    test(`should compile ${name} without a warning, to the same drawing`, () => checkFigure(name))
})
