import { testMutations } from './test-mutations.ts'

// The first of each kind. The others are in mutations.long.test.ts.
testMutations((place) => place === 0)
