import assert from 'node:assert/strict'
import test from 'node:test'
import '../../../src/render/output/document.ts'
import * as Plot from '@observablehq/plot'
import { PNG } from 'pngjs'
import { authorSvg } from '../../../src/render/output/draw/author-svg.ts'
import { drawingOfElement, isElement } from '../../../src/render/output/element-svg.ts'
import { figure } from '../../../src/render/output/index.ts'
import { toOutputs } from '../../../src/render/output/to-outputs.ts'
import { checkSvg } from '../../../src/render/untrusted/check-svg.ts'

const rows = [
  { a: 1, b: 2, c: 'first' },
  { a: 2, b: 5, c: 'second & last' },
]
const options = {
  width: 300,
  height: 100,
  ariaLabel: 'How b <goes>',
  marks: [Plot.dot(rows, { x: 'a', y: 'b', fill: 'c' })],
}

test('a plot should be a figure with its own words', () => {
  const [shown, ...rest] = toOutputs(Plot.plot(options))
  assert.equal(rest.length, 0)
  assert.ok(shown?.kind === 'figure')
  assert.equal(shown.alt, 'How b <goes>')
  const svg = authorSvg(String(shown.spec.svg), { id: 'fig-a', alt: shown.alt })
  assert.match(svg, /^<svg role="img" aria-label="How b &lt;goes&gt;" width="300" height="100"/)
  assert.match(svg, /font-family="'Source Sans 3'/)
  assert.doesNotMatch(svg, /system-ui|<style/)
  assert.equal(svg.match(/<circle/g)?.length, 2)
})

test('a plot with a title, a legend and a caption should keep them', () => {
  const element = Plot.plot({
    ...options,
    title: 'Over all',
    subtitle: 'and below',
    caption: 'With *stars*',
    color: { legend: true },
  })
  assert.ok(isElement(element))
  const { svg, caption } = drawingOfElement(element)
  assert.equal(caption, 'With \\*stars\\*')
  for (const text of ['Over all', 'and below', 'first', 'second &amp; last'])
    assert.match(svg, new RegExp(`>${text}</text>`))
  const height = Number(/^<svg[^>]*? height="(\d+)"/.exec(svg)?.[1])
  assert.ok(height > 100 && height < 200, `${height}`)
  assert.doesNotThrow(() => checkSvg(authorSvg(svg, { id: 'x', alt: 'y' })))
  assert.equal(figure(element, { alt: 'A' }).caption, caption)
  assert.equal(figure(element, { alt: 'A', caption: 'Mine' }).caption, 'Mine')
})

test('the names of a legend should wrap in its width', () => {
  const names = Array.from({ length: 12 }, (_, index) => ({ a: index, b: index, c: `name ${index}` }))
  const element = Plot.plot({
    ...options,
    color: { legend: true },
    marks: [Plot.dot(names, { x: 'a', y: 'b', fill: 'c' })],
  })
  const { svg } = drawingOfElement(element as never)
  const places = [...svg.matchAll(/translate\((\d+),\d+\)" fill=/g)].map(([, x]) => Number(x))
  assert.equal(places.length, 12)
  assert.ok(Math.max(...places) < 300)
})

test('a colour ramp and a raster should be pictures in the drawing', () => {
  const values = Array.from({ length: 16 }, (_, index) => ({ x: index % 4, y: index >> 2, v: index }))
  const element = Plot.plot({
    ...options,
    color: { legend: true },
    marks: [Plot.raster(values, { x: 'x', y: 'y', fill: 'v', width: 4, height: 4, interpolate: 'nearest' })],
  })
  const { svg } = drawingOfElement(element as never)
  const pictures = [...svg.matchAll(/href="data:image\/png;base64,([^"]+)"/g)].map(([, data]) =>
    PNG.sync.read(Buffer.from(data!, 'base64')),
  )
  assert.deepEqual(
    pictures.map(({ width, height }) => [width, height]),
    [
      [256, 1],
      [4, 4],
    ],
  )
  const [ramp] = pictures
  assert.notDeepEqual([...ramp!.data.subarray(0, 4)], [...ramp!.data.subarray(-4)])
  assert.doesNotThrow(() => authorSvg(svg, { id: 'x', alt: 'y' }))
})

test('a ramp of opacity should become lighter', () => {
  const element = Plot.plot({
    ...options,
    opacity: { legend: true },
    marks: [Plot.dot(rows, { x: 'a', y: 'b', fillOpacity: 'b' })],
  })
  const { svg } = drawingOfElement(element as never)
  const [, data] = /href="data:image\/png;base64,([^"]+)"/.exec(svg)!
  const ramp = PNG.sync.read(Buffer.from(data!, 'base64')).data
  assert.deepEqual([ramp[0], ramp.at(-4)], [255, 0])
})

test('an element without a drawing should be refused', () => {
  const made = (html: string) => {
    const box = document.createElement('div')
    box.innerHTML = html
    return box.firstElementChild
  }
  const cases: [string, RegExp][] = [
    ['<table></table>', /expected an <svg> or a <figure> with one, found <table>/],
    ['<figure><p>a</p></figure>', /expected an <svg> in the <figure>, found none/],
    [
      '<figure><p>words</p><svg width="5" height="5"></svg></figure>',
      /Cannot draw <p> of a <figure>.*found "words"/,
    ],
    ['<figure><svg></svg></figure>', /expected a width of its <svg>, found none/],
  ]
  for (const [html, message] of cases) assert.throws(() => figure(made(html)!, { alt: 'A' }), message)
  assert.throws(
    () => toOutputs(Plot.plot({ ...options, ariaLabel: undefined })),
    /default: .*expected a <title> or an aria-label/,
  )
  const canvas = document.createElement('canvas')
  assert.throws(() => canvas.getContext('webgl'), /expected the context 2d, found webgl/)
  const context = canvas.getContext('2d')!
  context.fillStyle = '#0072b2'
  context.fillRect(0, 0, 1, 1)
  assert.match(canvas.toDataURL(), /^data:image\/png/)
  context.fillStyle = 'none'
  assert.throws(() => context.fillRect(0, 0, 1, 1), /expected a colour as .*, found none/)
})
