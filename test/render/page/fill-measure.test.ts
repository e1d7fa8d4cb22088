import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Element } from 'hast'
import { fillMeasure } from '../../../src/render/page/fill-measure.ts'
import { classesOf, h } from '../../../src/render/page/hast.ts'
import type { PaperFront } from '../../../src/render/page/paper.ts'

function classesAt(widths: readonly number[], front: PaperFront = {}): readonly string[] {
  const drawings = widths.map((width) => ({
    type: 'raw' as const,
    value: `<svg role="img" width="${width}" height="9"></svg>`,
  }))
  const figure = h('figure', { className: ['weft-figure'] }, drawings)
  const main = h('main', {}, [h('section', {}, [figure])])
  const filled = fillMeasure({ type: 'root', children: [main] }, front)
  const [section] = (filled.children[0] as Element).children as [Element]
  assert.deepEqual(classesOf(figure), ['weft-figure'])
  return classesOf(section.children[0] as Element)
}

test('fillMeasure should mark drawings that are nearly as wide as the lines, and wider ones', () => {
  for (const width of [440, 536, 700]) assert.deepEqual(classesAt([width]), ['weft-figure', 'weft-fill'])
  for (const widths of [[420], [500, 500], []]) assert.deepEqual(classesAt(widths), ['weft-figure'])
})

test('fillMeasure should go by the lines that the front matter asks for', () => {
  assert.deepEqual(classesAt([440], { marginsMm: { left: 20, right: 20 } }), ['weft-figure'])
  assert.deepEqual(classesAt([536], { columns: 2 }), ['weft-figure'])
})
