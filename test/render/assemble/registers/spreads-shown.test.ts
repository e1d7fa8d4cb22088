import assert from 'node:assert/strict'
import test from 'node:test'
import type { Facts } from '../../../../src/render/assemble/registers/gather-facts.ts'
import { spreadsShown } from '../../../../src/render/assemble/registers/spreads-shown.ts'
import type { Figure, Json, Output } from '../../../../src/render/model/types.ts'

function shownBy(outputs: readonly Output[], values: readonly string[] = []) {
  const cells = [{ stored: { shown: outputs } }] as unknown as Facts['cells']
  return spreadsShown({ cells, values } as unknown as Facts)
}

const figure = (spec: Figure['spec']): Figure => ({ kind: 'figure', spec, alt: 'x' })
const interval = (mark: Json): Json => ({ mark, encoding: { y: { field: 'low' }, y2: { field: 'high' } } })

test('spreadsShown should count figures that draw an interval from their data', () => {
  const figures = [
    figure({ layer: [interval({ type: 'area' }), { mark: 'line' }] }),
    figure({ hconcat: [{ spec: { layer: [interval('rule')] } }] }),
    figure({ mark: 'errorbar', encoding: {} }),
    figure({ mark: 'line', encoding: { y: { field: 'y' } } }),
    // This area reaches down to the axis, not around a value.
    figure({ mark: 'area', encoding: { y: { field: 'y' }, y2: { datum: 0 } } }),
    figure({ mark: 'rect', encoding: { x: { field: 'a' }, x2: { field: 'b' } } }),
  ]
  assert.deepEqual(shownBy(figures), { values: 0, cells: 0, figures: 3, all: 6 })
})

test('spreadsShown should count values and entries whose runs differ', () => {
  const spread = { mean: 1, std: 0.5, n: 2, min: 0.5, max: 1.5 }
  const same = { mean: 1, std: 0, n: 2, min: 1, max: 1 }
  const table: Output = {
    kind: 'table',
    columns: [{ key: 'x', title: 'x', align: 'right' }],
    rows: [spread, same, 1].map((raw) => ({ x: { text: '', raw } })),
  }
  const found = shownBy([table], ['96.3\u00a0±\u00a00.4\u00a0%', '3', 'plus ± minus'])
  assert.deepEqual(found, { values: 1, cells: 1, figures: 0, all: 0 })
})
