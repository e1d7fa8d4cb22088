import { testAgreement } from './test-agreement.ts'

testAgreement([
  { widths: [784, 600, 400, 200, 10], rows: 256, tolerance: 2e-5 },
  // A full batch, which both engines split.
  { widths: [784, 100, 1], rows: 4500, tolerance: 1e-5 },
])
