import assert from 'node:assert/strict'
import { tolerances } from '../../../docs/guide/tolerances.ts'

const loss = /\.loss(es)?\b/
const share = /\.(accuracy|recall|precision|calibration|batch|averages)\b/

/** Compares all leaves of a result with those wanted, each number within the tolerance of its kind. */
export function assertSameResult(found: unknown, wanted: unknown, path = 'result'): void {
  if (typeof wanted === 'number') assertClose(found as number, wanted, path)
  else if (typeof wanted !== 'object' || wanted === null) assert.deepEqual(found, wanted, path)
  else {
    const keys = Object.keys(wanted)
    assert.deepEqual(Object.keys(found as object), keys, path)
    for (const key of keys) {
      const [one, other] = [found, wanted].map((each) => (each as Record<string, unknown>)[key])
      assertSameResult(one, other, `${path}.${key}`)
    }
  }
}

function assertClose(found: number, wanted: number, path: string): void {
  const most = mostOff(wanted, path)
  const off = Math.abs(found - wanted)
  assert.ok(off <= most, `${path} is ${found}, expected ${wanted}, off by ${off}, more than ${most}`)
}

function mostOff(wanted: number, path: string): number {
  if (loss.test(path)) return tolerances.experimentLoss * Math.abs(wanted)
  if (share.test(path)) return tolerances.experimentShare
  // One image may move to the next cell of a table.
  if (path.includes('.confusion.')) return 1
  return tolerances.experimentNumber * Math.max(Math.abs(wanted), 0.01)
}
