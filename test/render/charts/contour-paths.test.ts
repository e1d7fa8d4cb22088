import assert from 'node:assert/strict'
import test from 'node:test'
import type { SurfacePanel } from '../../../src/render/charts/index.ts'
import { contourPaths } from '../../../src/render/charts/index.ts'

interface View {
  data: { values: Record<string, unknown>[] }
  layer: { mark: { type: string }; data?: { values: object[] }; encoding: Record<string, unknown> }[]
}

const heights = [
  [2, 1, 2],
  [1, 0, 1],
  [2, 1, 2],
]
const points = Array.from({ length: 13 }, (_, step) => [1 - step / 12, 0] as const)
const panel: SurfacePanel = {
  title: 'Bowl',
  x: [-1, 1],
  y: [-1, 1],
  heights,
  minimum: [0, 0],
  paths: [
    { name: 'A', points },
    { name: 'B', points: [[0, 1]] },
  ],
}
const viewsOf = (figure: ReturnType<typeof contourPaths>) =>
  (figure.spec as unknown as { vconcat: [View, { concat: View[] }] }).vconcat[1].concat

test('contourPaths', async (t) => {
  await t.test('should be plain data', () => {
    const made = contourPaths([panel], { alt: 'A', caption: 'C' })
    assert.deepEqual(JSON.parse(JSON.stringify(made)), made)
    assert.deepEqual([made.kind, made.alt, made.caption], ['figure', 'A', 'C'])
  })

  await t.test('should draw contours below, then paths in their order, marks and the minimum', () => {
    const [view] = viewsOf(contourPaths([panel], { alt: 'A' }))
    assert.deepEqual(
      view!.layer.map(({ mark }) => mark.type),
      ['line', 'line', 'point', 'point'],
    )
    assert.ok('order' in view!.layer[1]!.encoding)
    const { minimum: _, ...without } = panel
    assert.equal(viewsOf(contourPaths([without], { alt: 'A' }))[0]!.layer.length, 3)
  })

  await t.test('should mark the start, the end and points at the given interval', () => {
    const marked = (every: number) =>
      viewsOf(contourPaths([panel], { alt: 'A', every }))[0]!
        .data.values.filter(({ isMarked, series }) => isMarked && series === 'A')
        .map(({ step }) => step)
    assert.deepEqual(marked(10), [0, 10, 12])
    assert.deepEqual(marked(5), [0, 5, 10, 12])
  })

  await t.test('should distinguish paths by colour, dash and mark', () => {
    const [view] = viewsOf(contourPaths([panel], { alt: 'A' }))
    const range = (channel: unknown) => (channel as { scale: { range: unknown[] } }).scale.range.map(String)
    const { color, strokeDash } = view!.layer[1]!.encoding
    for (const channel of [color, strokeDash, view!.layer[2]!.encoding.shape])
      assert.equal(new Set(range(channel)).size, 2)
  })

  await t.test('should place contours in the units of the axes', () => {
    const rows = viewsOf(contourPaths([panel], { alt: 'A' }))[0]!.layer[0]!.data!.values as {
      x: number
      y: number
    }[]
    assert.ok(rows.length > 8)
    for (const { x, y } of rows) assert.ok(Math.abs(x) <= 1 && Math.abs(y) <= 1)
    // The bowl is symmetric, and so are its lines.
    const places = new Set(rows.map(({ x, y }) => `${x} ${y}`))
    for (const { x, y } of rows) assert.ok(places.has(`${-x + 0} ${-y + 0}`), `${x} ${y}`)
  })

  await t.test('should refuse what it cannot draw, naming the place', () => {
    const options = { alt: 'A' }
    const refused = (change: object, message: RegExp) =>
      assert.throws(() => contourPaths([{ ...panel, ...change }], options), message)
    assert.throws(() => contourPaths([], options), /expected at least one panel/)
    assert.throws(() => contourPaths([panel], { alt: '' }), /expected alt text/)
    assert.throws(() => contourPaths([panel], { ...options, every: 0 }), /options\.every, found 0/)
    assert.throws(() => contourPaths([panel], { ...options, hight: 9 } as never), /hight/)
    refused({ title: '' }, /a text at panels\[0\]\.title/)
    refused({ x: [1, 1] }, /\[low, high\] at panels\[0\]\.x/)
    refused({ heights: [[1, 2], [1]] }, /a row of 2 heights at panels\[0\]\.heights\[1\]/)
    refused({ heights: [[1, 2]] }, /at least two rows/)
    refused(
      {
        heights: [
          [1, 2],
          [1, Number.NaN],
        ],
      },
      /a height at panels\[0\]\.heights\[1\]\[1\], found NaN/,
    )
    refused({ paths: [{ name: 'A', points: [] }] }, /at least one point at panels\[0\]\.paths\[0\]\.points/)
    refused({ paths: [{ name: 'A', points: [[1]] }] }, /\[x, y\] at panels\[0\]\.paths\[0\]\.points\[0\]/)
    refused({ paths: [] }, /expected 1 to 4 names of paths, found 0/)
    const many = ['A', 'B', 'C', 'D', 'E'].map((name) => ({ name, points }))
    refused({ paths: many }, /expected 1 to 4 names of paths, found 5: A, B, C, D, E/)
  })
})
