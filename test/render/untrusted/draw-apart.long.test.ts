import assert from 'node:assert/strict'
import test from 'node:test'
import type { Figure } from '../../../src/render/model/types.ts'
import { openDrawing } from '../../../src/render/untrusted/draw-apart.ts'

const figure = (transform: Figure['spec'][string]): Figure => ({
  kind: 'figure',
  alt: 'A figure',
  spec: {
    mark: 'line',
    data: { values: [{ a: 1 }, { a: 2 }] },
    transform,
    encoding: { x: { field: 'a', type: 'quantitative' } },
  },
})

test('openDrawing should end a drawing that takes too much memory, and draw the next one', async (t) => {
  const drawing = openDrawing({ timeMs: 60_000 })
  t.after(drawing.close)
  const large = figure([{ density: 'a', steps: 1e9, extent: [0, 1], as: ['a', 'c'] }])
  await assert.rejects(drawing.draw(large, 'fig-a'), /expected a drawing that fits into memory/)
  assert.match(await drawing.draw(figure([]), 'fig-a'), /^<svg/)
})
