import assert from 'node:assert/strict'
import test from 'node:test'
import { engineOf } from '../check-op.ts'
import { trained } from './networks.ts'

const steps = 40

interface Case {
  readonly widths: readonly number[]
  readonly rows: number
  /** Relative, between the losses of two engines after 40 steps of plain gradient descent. */
  readonly tolerance: number
}

/** Tests that both engines train networks to the same loss. */
export function testAgreement(cases: readonly Case[]): void {
  test('both engines', async (t) => {
    for (const { widths, rows, tolerance } of cases) {
      await t.test(`should agree after ${steps} steps: ${widths.join('-')}, ${rows} rows`, async () => {
        const [onnx, tfjs] = [
          await trained(await engineOf('onnx'), { widths, rows, epochs: steps }),
          await trained(await engineOf('tfjs'), { widths, rows, epochs: steps }),
        ]
        const [last, other] = [onnx.losses.at(-1)!, tfjs.losses.at(-1)!]
        assert.ok(last < onnx.losses[0]!, `it does not learn: ${onnx.losses[0]} becomes ${last}`)
        const off = Math.abs(last - other) / Math.abs(other)
        assert.ok(
          off < tolerance,
          `onnx has ${last}, tfjs ${other}, off by ${off}, expected less than ${tolerance}`,
        )
      })
    }
  })
}
