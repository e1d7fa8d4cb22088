import { testVerifyPrint } from './test-verify-print.ts'

// One group for each kind of fault. The others are in verify-print.long.test.ts.
testVerifyPrint((place) => place === 0)
