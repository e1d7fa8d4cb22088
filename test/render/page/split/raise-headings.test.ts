import assert from 'node:assert/strict'
import test from 'node:test'
import { raiseHeadings } from '../../../../src/render/page/split/raise-headings.ts'

test('raiseHeadings should raise headings of chapters, and no others', () => {
  const nav = '<h2 id="weft-contents" class="weft-navigation-title">Contents</h2>'
  const own = '<h2 title="mine">Mine</h2><h1 id="x">X</h1><hr>'
  assert.equal(
    raiseHeadings(`${nav}<h2 id="a" title="b > c">A <em>b</em></h2><h3 id="d">D</h3>${own}`),
    `${nav}<h1 id="a" title="b > c">A <em>b</em></h1><h2 id="d">D</h2>${own}`,
  )
})
