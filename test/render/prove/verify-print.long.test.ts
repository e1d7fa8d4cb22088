import { testVerifyPrint } from './test-verify-print.ts'

testVerifyPrint(Infinity)
