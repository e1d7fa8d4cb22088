import assert from 'node:assert/strict'
import test from 'node:test'
import type { Figure } from '../../../src/render/model/types.ts'
import { figureToSvg } from '../../../src/render/output/draw/figure-to-svg.ts'
import { openDrawing } from '../../../src/render/untrusted/draw-apart.ts'

const figure = (spec: Figure['spec']): Figure => ({ kind: 'figure', alt: 'A figure', spec })
const plain = figure({
  mark: 'line',
  data: {
    values: [
      { a: 1, b: 2 },
      { a: 2, b: 3 },
    ],
  },
  transform: [{ calculate: 'datum.b * 2 + floor(datum.a)', as: 'c' }],
  encoding: {
    x: { field: 'a', type: 'quantitative', axis: { labelExpr: "datum.value + ' s'" } },
    y: { field: 'c', type: 'quantitative' },
  },
})

test('openDrawing should draw the same bytes as a report that is trusted', async (t) => {
  const drawing = openDrawing()
  t.after(drawing.close)
  assert.equal(await drawing.draw(plain, 'fig-a'), await figureToSvg(plain, 'fig-a'))
})

test('openDrawing should end a drawing that takes too long or too much, and draw the next one', async (t) => {
  const drawing = openDrawing({ timeMs: 2000 })
  t.after(drawing.close)
  const grow = { density: 'a', steps: 1e9, extent: [0, 1], as: ['a', 'c'] }
  const endless = figure({ ...plain.spec, transform: [grow] })
  await assert.rejects(
    drawing.draw(endless, 'fig-a'),
    /expected a drawing (within 2 s|that fits into memory)/,
  )
  assert.match(await drawing.draw(plain, 'fig-a'), /^<svg/)
})

test('openDrawing should draw no picture that is a file', async (t) => {
  const drawing = openDrawing()
  t.after(drawing.close)
  const asking = figure({
    data: { values: [{}] },
    mark: { type: 'image', url: 'file:///etc/passwd' },
  })
  await assert.rejects(drawing.draw(asking, 'fig-a'), /found file:\/\/\/etc\/passwd/)
})
