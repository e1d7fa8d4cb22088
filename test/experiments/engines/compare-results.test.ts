import assert from 'node:assert/strict'
import test from 'node:test'
import { assertSameResult } from './compare-results.ts'

const result = { scores: { loss: 0.5, accuracy: 0.8 }, confusion: [[3, 1]], name: 'A', best: 2, steps: null }
const changed = (part: object) => ({ ...result, ...part })

test('assertSameResult', async (t) => {
  await t.test('should pass what engines may change', () => {
    assertSameResult(changed({ scores: { loss: 0.500004, accuracy: 0.81 }, confusion: [[2, 2]] }), result)
  })

  const faults: Readonly<Record<string, object>> = {
    'result.scores.loss is 0.50001': { scores: { loss: 0.50001, accuracy: 0.8 } },
    'result.scores.accuracy is 0.83': { scores: { loss: 0.5, accuracy: 0.83 } },
    'result.confusion.0.1 is 3': { confusion: [[3, 3]] },
    'result.best is 1': { best: 1 },
    'result.best is NaN': { best: Number.NaN },
    'result.name': { name: 'B' },
    'result.steps': { steps: 1 },
    'result.scores': { scores: { loss: 0.5 } },
  }
  for (const [message, part] of Object.entries(faults))
    await t.test(`should refuse: ${message}`, () =>
      assert.throws(
        () => assertSameResult(changed(part), result),
        (error: Error) => error.message.startsWith(message),
      ),
    )
})
