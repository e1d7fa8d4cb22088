import { testMutations } from './test-mutations.ts'

// All mutations take minutes, so .ci/nightly alone tests them all, and this a sixth of them: .ci/run says which, another
// one for each commit. The first of one kind is in mutations.test.ts, of the other kinds always here.
const isWhole = process.env.WEFT_MUTATIONS !== undefined
const sixth = Number(process.env.WEFT_SIXTH ?? 0)

testMutations((place, kind, number) =>
  place === 0 ? kind !== 'code' : isWhole || (place + number) % 6 === sixth,
)
