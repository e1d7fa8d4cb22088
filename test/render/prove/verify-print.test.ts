import { testVerifyPrint } from './test-verify-print.ts'

// One group for each kind of fault. All groups are in verify-print.long.test.ts.
testVerifyPrint(1)
