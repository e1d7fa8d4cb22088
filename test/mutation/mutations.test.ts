import { testMutations } from './test-mutations.ts'

// The first of the kind that finds most. The others are in mutations.long.test.ts.
testMutations((place, kind) => place === 0 && kind === 'code')
