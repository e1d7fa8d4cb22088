import assert from 'node:assert/strict'
import test from 'node:test'
import { checkSvg } from '../../../src/render/untrusted/check-svg.ts'

const wrap = (inner: string, root = 'width="10" height="10"') =>
  `<svg ${root} viewBox="0 0 10 10">${inner}</svg>`

test('checkSvg should give a drawing of shapes, words and pictures as it is', () => {
  const svg = wrap(
    '<defs><clipPath id="a"><rect x="0" y="0" width="1" height="1"></rect></clipPath></defs><g clip-path="url(#a)"><path d="M0,0L1,1"/><text>a &lt;b&gt;</text><image xlink:href="data:image/png;base64,AAAA"></image><a href="https://example.org/"></a></g>',
  )
  assert.equal(checkSvg(svg), svg)
})

test('checkSvg should refuse everything else', () => {
  const refused = [
    '<script>a</script>',
    '<foreignObject></foreignObject>',
    '<style>a</style>',
    '<use href="#a"/>',
    '<use href="https://example.org/a.svg#a"/>',
    '<animate attributeName="href"/>',
    '<rect onclick="a"/>',
    '<rect style="fill:red"/>',
    '<rect fill="url(https://example.org/#a)"/>',
    '<rect fill="URL( #a"/>',
    '<g class="weft-value"></g>',
    '<image href="https://example.org/a.png"/>',
    '<image href="data:image/svg+xml;base64,AAAA"/>',
    '<a href="javascript:a"></a>',
    '<a href="data:text/html,a"></a>',
    '<rect x=1/>',
    "<rect x='1'/>",
    '<!-- a -->',
    '<![CDATA[a]]>',
    '</svg><svg width="1" height="1">',
    '<',
  ]
  for (const inner of refused) assert.throws(() => checkSvg(wrap(inner)), /expected/, inner)
})

test('checkSvg should refuse sides that no page has', () => {
  for (const root of [
    'width="1e6" height="1"',
    'width="1" height="20000"',
    'width="a" height="1"',
    'height="1"',
  ])
    assert.throws(() => checkSvg(wrap('', root)), /expected a (width|height) of at most/, root)
})
