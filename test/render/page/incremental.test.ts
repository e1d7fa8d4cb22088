import test from 'node:test'
import { compareAfterEdits } from './random-edits.ts'

test('a page that is updated after random edits should be the page of a build, with its messages', () =>
  compareAfterEdits({ from: 1, to: 5 }))
