import assert from 'node:assert/strict'
import test from 'node:test'
import { screenDrawing } from '../../../../src/render/page/tools/screen-drawing.ts'

const head = '<svg role="img" aria-label="A &lt;g&gt; of 1.23456" width="9" height="9">'

test('screenDrawing should leave out what nobody sees, and no mark', () => {
  const svg = `${head}<g fill="none"><g class="mark-group" role="graphics-object"><g transform="translate(0,0)"><path class="background" aria-hidden="true" d="M0,0h9v9h-9Z"/><g><path class="mark" d="M4.942307,82.78L1e-7,-0.0049" stroke="#888888"/><text text-anchor="start" transform="translate(1.006,2)" font-family="'Source Sans 3', sans-serif" fill="#1a1a1a">5.12345</text></g><path class="foreground" aria-hidden="true" d="" display="none"/></g></g></g></svg>`
  const { markup, followsScheme } = screenDrawing(svg)
  assert.equal(followsScheme, true)
  assert.equal(
    markup,
    `<svg style="--c0:light-dark(#888888,#7ea17d);--c1:light-dark(#1a1a1a,#e1e1e1)" ${head.slice(5)}<g fill="none"><path d="M4.94,82.78L1e-7,0" stroke="var(--c0)"/><text transform="translate(1.01,2)" fill="var(--c1)">5.12345</text></g></svg>`,
  )
})

test('screenDrawing should keep a ground that has a colour', () => {
  const svg = `${head}<g><path class="background" d="M0,0h9v9h-9Z" fill="#fff"/></g></svg>`
  assert.match(screenDrawing(svg).markup, /<path d="M0,0h9v9h-9Z" fill="var\(--c0\)"\/>/)
})

test('screenDrawing should turn the words round pictures, and nothing where marks lie on them', () => {
  const image = '<image href="data:image/png;base64,AAAA" width="4" height="4"/>'
  const words = '<text fill="#1a1a1a">a</text>'
  assert.equal(screenDrawing(`${head}${image}${words}</svg>`).followsScheme, true)
  const marked = screenDrawing(`${head}${image}${words}<line stroke="#1a1a1a"/></svg>`)
  assert.equal(marked.followsScheme, false)
  assert.match(marked.markup, /stroke="#1a1a1a"/)
})
