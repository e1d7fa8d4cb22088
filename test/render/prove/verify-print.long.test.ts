import { testVerifyPrint } from './test-verify-print.ts'

// All groups take minutes, so .ci/nightly alone looks at them all, and .ci/run at another third for each commit.
const third = process.env.WEFT_THIRD

testVerifyPrint((place) => place > 0 && (third === undefined || place % 3 === Number(third)))
