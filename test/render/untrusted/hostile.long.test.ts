import { testHostile } from './test-hostile.ts'

await testHostile((place) => place >= 2)
