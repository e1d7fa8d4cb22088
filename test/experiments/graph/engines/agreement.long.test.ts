import { tolerances } from '../../../../docs/guide/tolerances.ts'
import { testAgreement } from './test-agreement.ts'

testAgreement([
  { widths: [784, 600, 400, 200, 10], rows: 256, tolerance: tolerances.deepLoss },
  // A full batch, which both engines split.
  { widths: [784, 100, 1], rows: 4500, tolerance: tolerances.loss },
])
