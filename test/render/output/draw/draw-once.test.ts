import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Figure } from '../../../../src/render/model/types.ts'
import { drawOnce } from '../../../../src/render/output/draw/draw-once.ts'
import { figureToSvg } from '../../../../src/render/output/draw/figure-to-svg.ts'

function point(x: number, alt = 'A point.'): Figure {
  const encoding = { x: { field: 'x', type: 'quantitative' } }
  return { kind: 'figure', spec: { data: { values: [{ x }] }, mark: 'point', encoding }, alt }
}

test('drawOnce should give what figureToSvg draws, and keep it', async () => {
  const drawings = new Map<string, string>()
  const svg = await drawOnce(point(1), 'fig-a', drawings)
  assert.equal(svg, await figureToSvg(point(1), 'fig-a'))
  assert.deepEqual([...drawings.values()], [svg])
})

test('drawOnce should give a kept drawing without drawing', async () => {
  const drawings = new Map<string, string>()
  await drawOnce(point(1), 'fig-a', drawings)
  for (const key of drawings.keys()) drawings.set(key, 'kept')
  assert.equal(await drawOnce(point(1), 'fig-a', drawings), 'kept')
  for (const [what, figure, id] of [
    ['another specification', point(2), 'fig-a'],
    ['another alternative text', point(1, 'Another.'), 'fig-a'],
    ['another id', point(1), 'fig-b'],
  ] as const) {
    assert.match(await drawOnce(figure, id, drawings), /^<svg/, what)
  }
})

test('drawOnce should keep nothing of a figure that cannot be drawn', async () => {
  const drawings = new Map<string, string>()
  const broken = {
    ...point(1),
    spec: { mark: 'point', encoding: { x: { field: 'y', type: 'quantitative' } } },
  }
  await assert.rejects(drawOnce(broken, 'fig-a', drawings), /found field "y"|no mark/)
  assert.equal(drawings.size, 0)
})

test('drawOnce should warn about a kept drawing again', async () => {
  const drawings = new Map<string, string>()
  const wide = { ...point(1), spec: { ...point(1).spec, width: 1600 } }
  const said: string[][] = [[], []]
  for (const list of said) await drawOnce(wide, 'fig-a', drawings, (reason) => list.push(reason))
  assert.match(said[0]!.join(), /^its smallest type has/)
  assert.deepEqual(said[1], said[0])
})
