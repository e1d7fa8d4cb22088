import { testHostile } from './test-hostile.ts'

// The first two of each kind. The others are in hostile.long.test.ts.
await testHostile((place) => place < 2)
