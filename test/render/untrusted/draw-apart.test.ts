import assert from 'node:assert/strict'
import test from 'node:test'
import { setTimeout } from 'node:timers/promises'
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

const grow = (steps: number) => ({ density: 'a', steps, extent: [0, 1], as: ['a', 'c'] })

test('openDrawing should have one budget of time for all drawings, and draw none after it', async (t) => {
  const drawing = openDrawing({ timeMs: 1_500, figureMs: 20 })
  t.after(drawing.close)
  // Each takes some tenths of a second.
  const slow = figure({ ...plain.spec, transform: [grow(100_000)], mark: 'point' })
  const spent = /expected all drawings of the report together within 1\.5 s, found that they take longer/
  let drawn = 0
  await assert.rejects(async () => {
    for (;;) {
      await drawing.draw(slow, 'fig-a')
      drawn++
    }
  }, spent)
  assert.ok(drawn < 60, `${drawn} were drawn`)
  await assert.rejects(drawing.draw(plain, 'fig-a'), spent)
})

test('openDrawing should let any number of quick drawings bring their own time', async (t) => {
  const drawing = openDrawing({ timeMs: 300, figureMs: 200 })
  t.after(drawing.close)
  for (let index = 0; index < 25; index++) assert.match(await drawing.draw(plain, 'fig-a'), /^<svg/)
})

test('openDrawing should warn as a report that is trusted does', async (t) => {
  const drawing = openDrawing()
  t.after(drawing.close)
  const wide = figure({ ...plain.spec, width: 1600 })
  const said: string[][] = [[], []]
  await drawing.draw(wide, 'fig-a', (reason) => said[0]!.push(reason))
  await figureToSvg(wide, 'fig-a', { warned: (reason) => said[1]!.push(reason) })
  assert.match(said[0]!.join(), /^its smallest type has 2\.\d pt in print/)
  assert.deepEqual(said[0], said[1])
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

test('openDrawing should let one figure of a trusted report take too long, and have its time again after a pause', async (t) => {
  const drawing = openDrawing({ timeMs: 100, figureMs: 100, isTrusted: true })
  t.after(drawing.close)
  const slow = figure({ ...plain.spec, transform: [grow(400_000)], mark: 'point' })
  const [first, second, third] = ['a', 'b', 'c'].map((name) => drawing.draw(slow, `fig-${name}`))
  for (const drawn of [first!, second!]) await assert.rejects(drawn, /expected all drawings/)
  await assert.rejects(third!, /expected all drawings/)
  await setTimeout(1_100)
  assert.match(await drawing.draw(plain, 'fig-d'), /<svg/)
})

test('openDrawing should refuse a drawing of a trusted report that no browser prints in time', async (t) => {
  const drawing = openDrawing({ isTrusted: true })
  t.after(drawing.close)
  const long = figure({ ...plain.spec, transform: [grow(45_000)], mark: 'point' })
  await assert.rejects(
    drawing.draw(long, 'fig-a'),
    /expected a drawing of at most 4,000,000 characters, found [4-9],/,
  )
  assert.match(await drawing.draw(plain, 'fig-b'), /<svg/)
})
