import test from 'node:test'
import { compareAfterEdits } from './random-edits.ts'

// .ci/run says which third of them: another one for each commit.
const third = process.env.WEFT_THIRD
const [from, to] = third === undefined ? [6, 505] : [6 + 167 * Number(third), 172 + 167 * Number(third)]

test(`a page that is updated should be the page of a build after the sequences ${from} to ${to} of random edits`, () =>
  compareAfterEdits({ from, to }))
