import test from 'node:test'
import { compareAfterEdits } from './random-edits.ts'

// .ci/run says which sixth of them: another one for each commit.
const sixth = process.env.WEFT_SIXTH
const [from, to] = sixth === undefined ? [6, 509] : [6 + 84 * Number(sixth), 89 + 84 * Number(sixth)]

test(`a page that is updated should be the page of a build after the sequences ${from} to ${to} of random edits`, () =>
  compareAfterEdits({ from, to }))
