import { testVerifyPrint } from './test-verify-print.ts'

testVerifyPrint(1, Infinity)
