import { testMutations } from './test-mutations.ts'

// The first of the two kinds that find most. The others are in mutations.long.test.ts.
testMutations((place, kind) => place === 0 && (kind === 'code' || kind === 'document'))
