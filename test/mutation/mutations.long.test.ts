import { testMutations } from './test-mutations.ts'

// All mutations take minutes. By default we test every second one; in every other kind we start with the second.
const isWhole = process.env.WEFT_MUTATIONS !== undefined

testMutations((place, kind) => place > 0 && (isWhole || (place + kind) % 2 === 0))
