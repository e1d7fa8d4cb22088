import test from 'node:test'
import { compareAfterEdits } from './random-edits.ts'

test('a page that is updated should be the page of a build after 500 sequences of random edits', () =>
  compareAfterEdits({ from: 6, to: 505 }))
