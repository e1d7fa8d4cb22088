import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Element, Root } from 'hast'
import { classesOf, h } from '../../../src/render/page/hast.ts'
import { setColumns } from '../../../src/render/page/two-columns.ts'

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
  setColumns(body, { columns })
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

test('text should be parted where another page begins', () => {
  const block = (name: string) => h('div', { className: [name] }, [])
  const blocks = [
    block('a'),
    text('\n'),
    block('weft-landscape'),
    block('b'),
    block('weft-pagebreak'),
    block('c'),
  ]
  const section = h('section', { className: ['weft-text'] }, blocks)
  setColumns({ type: 'root', children: [section] }, { columns: 2 })
  const names = (element: Element) =>
    element.children.flatMap((child) => (child.type === 'element' ? [classesOf(child).join()] : []))
  assert.deepEqual(names(section), [
    'weft-column-text',
    'weft-landscape',
    'weft-column-text',
    'weft-pagebreak',
    'weft-column-text',
  ])
  assert.deepEqual(names(section.children[0] as Element), ['a'])
  assert.ok(classesOf(section).includes('weft-parted'))
})

test('the chapters of an article should share their columns', () => {
  const chapter = (...blocks: Element[]) => h('section', { className: ['weft-chapter'] }, blocks)
  const breaking = h('div', { className: ['weft-pagebreak'] }, [])
  const front = h('section', { className: ['weft-front'] }, [])
  const main = h('main', {}, [
    front,
    text('\n'),
    chapter(),
    text('\n'),
    chapter(),
    chapter(breaking),
    chapter(),
  ])
  setColumns({ type: 'root', children: [main] }, { columns: 2, chapterbreak: 'none' })
  const kinds = main.children.flatMap((child) =>
    child.type === 'element' ? [classesOf(child).join(' ')] : [],
  )
  assert.deepEqual(kinds, ['weft-front', 'weft-flow', 'weft-chapter weft-parted', 'weft-flow'])
  assert.equal((main.children[2] as Element).children.length, 3)
})
