import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Element } from 'hast'
import { fitContents } from '../../../src/render/page/fit-contents.ts'
import { elementsIn, h } from '../../../src/render/page/hast.ts'
import { runningHeads } from '../../../src/render/page/running-titles.ts'

const entry = () => h('a', { href: '#a' }, [{ type: 'text', value: 'An entry' }])
const item = (children: Element[]) => h('li', {}, [entry(), ...children])
const list = (count: number, inner?: () => Element) =>
  h(
    'ol',
    {},
    Array.from({ length: count }, () => item(inner ? [inner()] : [])),
  )

function itemsAfter(contents: Element): number {
  const nav = h('nav', { className: ['weft-contents'] }, [contents])
  const main = h('main', {}, [h('div', { className: ['weft-navigation'] }, [nav])])
  const fitted = fitContents({ type: 'root', children: [main] })
  return [...elementsIn(fitted)].filter(({ tagName }) => tagName === 'li').length
}

test('fitContents should leave contents that have room on a page as they are', () => {
  assert.equal(itemsAfter(list(5, () => list(4, () => list(1)))), 5 + 20 + 20)
  assert.equal(itemsAfter(list(5, () => list(8))), 5 + 40)
})

test('fitContents should leave out the deepest levels of long contents, never the chapters', () => {
  assert.equal(itemsAfter(list(5, () => list(4, () => list(3)))), 5 + 20)
  assert.equal(itemsAfter(list(70, () => list(2))), 70)
})

test('runningHeads should name the first heading of each chapter that has one', () => {
  const text = (value: string) => ({ type: 'text' as const, value })
  const chapter = (...children: Element[]) => h('section', { className: ['weft-chapter'] }, children)
  const [nav] = runningHeads({
    type: 'root',
    children: [
      chapter(h('p', {}, [text('No heading')])),
      chapter(
        h('h2', { id: 'one' }, [text('One '), h('em', {}, [text('two')])]),
        h('h3', { id: 'below' }, []),
      ),
    ],
  })
  assert.equal(nav?.properties.hidden, true)
  assert.deepEqual(
    nav?.children.map((link) => link.type === 'element' && [link.properties.href, link.properties.dataHead]),
    [['#one', 'One two']],
  )
})
