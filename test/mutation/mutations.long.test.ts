import { testMutations } from './test-mutations.ts'

// All mutations take minutes. By default we test every second one; in every other kind we start with the second. The
// first of two kinds is in mutations.test.ts.
const isWhole = process.env.WEFT_MUTATIONS !== undefined

testMutations((place, kind, number) =>
  place === 0 ? kind === 'data' || kind === 'params' : isWhole || (place + number) % 2 === 0,
)
