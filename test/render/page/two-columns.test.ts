import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Element, Root } from 'hast'
import { classesOf, h } from '../../../src/render/page/hast.ts'
import { spanColumns } from '../../../src/render/page/two-columns.ts'

const text = (value: string) => ({ type: 'text', value }) as const
const tableOf = (...cells: string[]) =>
  h('figure', {}, [
    h('table', {}, [
      h(
        'tr',
        {},
        cells.map((cell) => h('td', {}, [text(cell)])),
      ),
    ]),
  ])
const drawing = (width: number) =>
  h('figure', {}, [{ type: 'raw', value: `<svg class="a" width="${width}" height="2">` }])

function spanned(blocks: Element[], columns: 1 | 2): boolean[] {
  const section = h('section', { className: ['weft-chapter'] }, blocks)
  const body: Root = { type: 'root', children: [h('main', {}, [section])] }
  spanColumns(body, { columns })
  return section.children.map((child) => classesOf(child as Element).includes('weft-span'))
}

test('what is wider than a column should go over both', () => {
  const wide = ['seven', 'words', 'of', 'a', 'table', 'that', 'is', 'wide', 'for', 'one'].map(
    (word) => `${word} more`,
  )
  const blocks = [
    drawing(300),
    drawing(600),
    tableOf('one', 'two'),
    tableOf(...wide),
    h('p', {}, [text('a')]),
  ]
  assert.deepEqual(spanned(blocks, 2), [false, true, false, true, false])
  assert.deepEqual(spanned(blocks, 1), [false, false, false, false, false])
})
