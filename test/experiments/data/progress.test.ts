import assert from 'node:assert/strict'
import test from 'node:test'
import { tenths } from '../../../src/experiments/data/progress.ts'

test('tenths', async (t) => {
  await t.test('should report every tenth once', () => {
    const lines: string[] = []
    const tell = tenths((line) => lines.push(line), { name: 'data.h5', total: 217_000, unit: 'rows' })
    for (let done = 1000; done <= 217_000; done += 1000) tell(done)
    assert.equal(lines.length, 10)
    assert.equal(lines[0], 'data.h5: 22,000 of 217,000 rows')
    assert.equal(lines.at(-1), 'data.h5: 217,000 of 217,000 rows')
  })
})
