import assert from 'node:assert/strict'
import test from 'node:test'
import { authorSvg } from '../../../../src/render/output/draw/author-svg.ts'
import { figureToSvg } from '../../../../src/render/output/draw/figure-to-svg.ts'
import { figure } from '../../../../src/render/output/index.ts'

const own = (inner: string, root = 'width="10" height="20"') =>
  authorSvg(`<svg ${root}>${inner}</svg>`, { id: 'fig-a', alt: 'A "b"' })
const head = (more = '', viewBox = '0 0 10 20') =>
  `<svg role="img" aria-label="A &quot;b&quot;" width="10" height="20" viewBox="${viewBox}" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"${more}>`

test('authorSvg should make one image with its alternative text, and keep how it looks', () => {
  assert.equal(own('<rect width="5" fill="red"/>'), `${head()}<rect width="5" fill="red"/></svg>`)
  assert.equal(
    own(
      '',
      `version="1.1" role="presentation" aria-label="x" width="10px" height='20' viewBox="0 0 1 2" fill="none" class="k"`,
    ),
    `${head(' fill="none" class="k"', '0 0 1 2')}</svg>`,
  )
})

test('authorSvg should leave out what a file begins with, comments and metadata', () => {
  const file = `<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://x" [<!ENTITY a "b">]>\n<!-- Made -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:rdf="http://r" width="10" height="20"><metadata><rdf:RDF><cc:Work/></rdf:RDF></metadata><sodipodi:view a="1"/><g/></svg>\n`
  assert.equal(authorSvg(file, { id: 'fig-a', alt: 'A "b"' }), `${head()}<g/></svg>`)
})

test('authorSvg should know its size in CSS pixels', () => {
  const sizes: [string, string][] = [
    ['width="72pt" height="36pt"', 'width="96" height="48" viewBox="0 0 96 48"'],
    ['width="1in" height="25.4mm"', 'width="96" height="96" viewBox="0 0 96 96"'],
    ['viewBox="0 0 30 40"', 'width="30" height="40" viewBox="0 0 30 40"'],
    ['width="100%" height="100%" viewBox="0,0,30,40"', 'width="30" height="40" viewBox="0,0,30,40"'],
  ]
  for (const [root, expected] of sizes) assert.ok(own('', root).includes(expected), root)
})

test('authorSvg should prefix ids and what refers to them', () => {
  assert.equal(
    own(
      `<defs><path id="p"/></defs><use xlink:href="#p" style="fill: url('#g'); clip-path: url(&quot;#c&quot;)"/><a href="https://x.org"><path mask="url(#m)"/></a>`,
    ),
    `${head()}<defs><path id="fig-a-p"/></defs><use xlink:href="#fig-a-p" style="fill: url(#fig-a-g); clip-path: url(#fig-a-c)"/><a href="https://x.org"><path mask="url(#fig-a-m)"/></a></svg>`,
  )
})

test('authorSvg should let its styles hold for it alone', () => {
  assert.equal(
    own(
      '<style type="text/css">*{stroke:#fff} #b, g #c > d{fill:url(#e)}</style><style><![CDATA[a > b{x:y}]]></style>',
    ),
    `${head()}<style type="text/css">#fig-a svg{*{stroke:#fff} #fig-a-b, g #fig-a-c > d{fill:url(#fig-a-e)}}</style><style>#fig-a svg{a &gt; b{x:y}}</style></svg>`,
  )
})

test('authorSvg should refuse what is no drawing, with what was found', () => {
  const cases: [string, RegExp][] = [
    ['<script>alert(1)</script>', /^expected shapes and text in an SVG, found "<script>"$/],
    [
      '<foreignObject><p>x</p></foreignObject>',
      /expected shapes and text in an SVG, found "<foreignObject>"/,
    ],
    ['<g><div/></g>', /found "<div\/>"/],
    ['<animate attributeName="href"/>', /found "<animate/],
    ['<g onclick="x()"/>', /^expected no program in an SVG, found "onclick=/],
    ['<image href="https://x.org/a.png"/>', /^expected pictures as data: URIs, .*found "href=/],
    ['<a href="javascript:x()"/>', /found "href=\\"javascript:x\(\)\\""/],
    ['<g style="fill: url(http://x.org)"/>', /^expected data: URIs in an SVG, found "url\(http:\/\/x.org\)"/],
    ['<style>@import "x.css";</style>', /^expected styles in the drawing/],
    ['<g>', /^expected tags in pairs in an SVG, found "<\/svg>"$/],
    ['</svg><p>', /expected/],
    ['</svg></figure>', /^expected tags in pairs/],
    ['</svg><svg width="1" height="1">', /^expected one <svg> in an SVG, found "<svg/],
    ['</svg>text', /expected one <svg> in an SVG, found "text"|expected tags in pairs/],
    ['<g a=b/>', /^expected a whole tag with quoted attributes in an SVG, found "<g a=b/],
    ['a < b', /^expected a whole tag/],
  ]
  for (const [inner, message] of cases) assert.throws(() => own(inner), { message }, inner)
  assert.throws(
    () => own('', 'class="x"'),
    /^Error: expected a width and a height, or a viewBox in an SVG, found "<svg class>"$/,
  )
  assert.throws(
    () => authorSvg('<svg width="1" height="1">', { id: 'a', alt: 'A' }),
    /expected an end of <svg>/,
  )
})

test('figureToSvg should draw a figure of an SVG', async () => {
  const made = figure('<svg width="5" height="6"><rect width="5" height="6"/></svg>', { alt: 'A rectangle.' })
  assert.match(
    await figureToSvg(made, 'fig-s'),
    /^<svg role="img" aria-label="A rectangle\." .*<rect width="5" height="6"\/><\/svg>$/,
  )
})
