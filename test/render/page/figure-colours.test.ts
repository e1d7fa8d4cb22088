import assert from 'node:assert/strict'
import test from 'node:test'
import { contrast } from '../../../src/render/charts/colour.ts'
import { ORDERED_PALETTE, PALETTE } from '../../../src/render/charts/theme.ts'
import { dark } from '../../../src/render/page/css.ts'
import {
  bothSchemes,
  DARK_GROUND,
  DARK_ORDERED_PALETTE,
  DARK_PALETTE,
  darkColour,
} from '../../../src/render/page/figure-colours.ts'
import { nearestColours } from '../charts/colour-vision.ts'

test('the dark palettes should contrast with the dark ground of the page', () => {
  assert.equal(DARK_GROUND, dark.ground)
  for (const colour of [...DARK_PALETTE, ...DARK_ORDERED_PALETTE])
    assert.ok(contrast(colour, dark.ground) >= 3, `${colour} has ${contrast(colour, dark.ground)}`)
})

test('the dark palettes should be distinguishable with any kind of colour vision', () => {
  for (const [colours, least] of [
    [DARK_PALETTE, 0.09],
    [DARK_PALETTE.slice(0, 4), 0.14],
    [DARK_ORDERED_PALETTE, 0.055],
  ] as const) {
    const { distance, what } = nearestColours(colours)
    assert.ok(distance >= least, `${what}: ${distance}`)
  }
})

test('darkColour should give each series its colour of the dark palette', () => {
  assert.deepEqual(PALETTE.map(darkColour), DARK_PALETTE)
  assert.deepEqual(ORDERED_PALETTE.map(darkColour), DARK_ORDERED_PALETTE)
})

test('darkColour should turn ground and ink, and keep what stands out of the ground', () => {
  assert.ok(contrast(darkColour('#ffffff')!, dark.ground) < 1.1)
  for (const ink of ['#000000', '#1a1a1a', 'black', 'rgb(26, 26, 26)'])
    assert.ok(contrast(darkColour(ink)!, dark.ground) > 12, ink)
  assert.ok(contrast(darkColour('#4d4d4d')!, dark.ground) >= 4.5)
  for (const colour of ['#2171b5', '#c00', '#8c8c8c', '#777700', '#ff00ff'])
    assert.ok(contrast(darkColour(colour)!, dark.ground) >= 3, colour)
  assert.ok(contrast(darkColour('#e3e3e3')!, dark.ground) < 1.5, 'a grid stays faint')
})

test('bothSchemes should leave alone what is no plain colour', () => {
  for (const other of [
    'none',
    'transparent',
    'url(#gradient)',
    'var(--c0)',
    'light-dark(#fff,#000)',
    '#12',
    '',
  ])
    assert.equal(bothSchemes(other), undefined)
  assert.equal(bothSchemes('#0072b2'), `light-dark(#0072b2,${DARK_PALETTE[0]})`)
})
