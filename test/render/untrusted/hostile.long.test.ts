import { isOfThird } from '../../turns.ts'
import { testHostile } from './test-hostile.ts'

await testHostile((place) => place >= 2 && isOfThird(place))
