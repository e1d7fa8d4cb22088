import { isOfThird } from '../../turns.ts'
import { testVerifyPrint } from './test-verify-print.ts'

// All groups take minutes, so .ci/nightly alone looks at them all.
testVerifyPrint((place) => place > 0 && isOfThird(place))
