import assert from 'node:assert/strict'
import test from 'node:test'
import { ownSvg } from '../../../../src/render/output/draw/own-svg.ts'

test('ownSvg should make the drawing one image with its alternative text', () => {
  const svg = ownSvg('<svg class="marks" width="5" height="6" viewBox="0 0 5 6"><g/></svg>', {
    id: 'x',
    alt: 'a "b" <c> & d\ne',
  })
  assert.equal(
    svg,
    '<svg role="img" aria-label="a &quot;b&quot; &lt;c&gt; &amp; d e" width="5" height="6" viewBox="0 0 5 6" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><g/></svg>',
  )
})

test('ownSvg should prefix ids and what refers to them, and leave text and data URIs', () => {
  const inner =
    '<g clip-path="url(#clip0)" fill="url(#p_g)" stroke="#000"><text> id="a" url(#clip0)</text>' +
    '<image xlink:href="data:image/png;base64,AA"/><a xlink:href="#b"/></g><clipPath id="clip0"/>'
  const svg = ownSvg(`<svg width="1" height="1" viewBox="0 0 1 1">${inner}</svg>`, { id: 'fig-a', alt: 'A' })
  assert.equal(
    svg.slice(svg.indexOf('>') + 1, -'</svg>'.length),
    '<g clip-path="url(#fig-a-clip0)" fill="url(#fig-a-p_g)" stroke="#000"><text> id="a" url(#clip0)</text>' +
      '<image xlink:href="data:image/png;base64,AA"/><a xlink:href="#fig-a-b"/></g><clipPath id="fig-a-clip0"/>',
  )
})

test('ownSvg should refuse what is no drawing', () => {
  assert.throws(() => ownSvg('<p>', { id: 'x', alt: 'A' }), /expected <svg>, found <p>/)
  assert.throws(() => ownSvg('<svg width="5">', { id: 'x', alt: 'A' }), /expected height/)
})
