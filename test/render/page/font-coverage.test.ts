import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { coverage } from '../../../src/render/page/font-coverage.generated.ts'
import { coverageSource, measureCoverage } from './font-coverage.ts'

test('should know which characters the embedded fonts have', () => {
  const measured = measureCoverage()
  if (coverageSource(measured) !== coverageSource(coverage)) {
    const changed = new URL('./font-coverage-changed.generated.ts', import.meta.url)
    writeFileSync(changed, coverageSource(measured))
    assert.fail(
      `The fonts have changed: put ${fileURLToPath(changed)} in the place of src/render/page/font-coverage.generated.ts`,
    )
  }
})
