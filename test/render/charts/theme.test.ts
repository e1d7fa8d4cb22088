import assert from 'node:assert/strict'
import test from 'node:test'
import { SHAPES } from '../../../src/render/charts/series-styles.ts'
import { DASHES, ORDERED_PALETTE, PALETTE, theme } from '../../../src/render/charts/theme.ts'
import { contrastOnWhite, nearestColours } from './colour-vision.ts'

/** Distances in OKLab, in which black and white have the distance 1. */
const apart = { any: 0.09, firstFour: 0.14, ordered: 0.055 }

test('PALETTE should contrast with paper', () => {
  assert.equal(Math.round(contrastOnWhite('#000000')), 21)
  for (const colour of PALETTE)
    assert.ok(contrastOnWhite(colour) >= 3, `${colour} has ${contrastOnWhite(colour)}`)
})

test('nearestColours should find colours that some people confuse', () => {
  // Red and green of equal lightness, a pair from Ishihara's plates; for others they are far apart.
  const { distance, what } = nearestColours(['#a25c2c', '#6d7c2c'])
  assert.ok(distance < 0.05, `${distance} ${what}`)
  assert.match(what, /#a25c2c and #6d7c2c with (deuter|prot)anopia/)
  assert.ok(nearestColours(['#000000', '#ffffff']).distance > 0.99)
})

test('PALETTE should be distinguishable with any kind of colour vision', () => {
  const all = nearestColours(PALETTE)
  assert.ok(all.distance >= apart.any, `${all.what}: ${all.distance}`)
  const first = nearestColours(PALETTE.slice(0, 4))
  assert.ok(first.distance >= apart.firstFour, `${first.what}: ${first.distance}`)
})

test('PALETTE should have a dash and a mark for each colour', () => {
  assert.equal(DASHES.length, PALETTE.length)
  assert.equal(new Set(DASHES.map((dash) => dash.join())).size, DASHES.length)
  assert.equal(new Set(SHAPES).size, PALETTE.length)
})

test('ORDERED_PALETTE should contrast with paper, and get paler step by step', () => {
  const contrasts = ORDERED_PALETTE.map(contrastOnWhite)
  assert.ok(
    contrasts.every((contrast) => contrast >= 3),
    String(contrasts),
  )
  for (let step = 1; step < contrasts.length; step++)
    assert.ok(contrasts[step]! < contrasts[step - 1]! / 1.1, `${step}: ${contrasts}`)
})

test('ORDERED_PALETTE should be distinguishable with any kind of colour vision', () => {
  const { distance, what } = nearestColours(ORDERED_PALETTE)
  assert.ok(distance >= apart.ordered, `${what}: ${distance}`)
})

test('theme should have texts with a contrast of 4.5:1, and axes with 3:1', () => {
  const { axis, legend, header, title, text, rule } = theme
  const inks = [axis.labelColor, axis.titleColor, legend.labelColor, legend.titleColor, header.labelColor]
  for (const colour of [...inks, header.titleColor, title.color, title.subtitleColor, text.color])
    assert.ok(contrastOnWhite(colour) >= 4.5, colour)
  for (const colour of [axis.domainColor, axis.tickColor, rule.color])
    assert.ok(contrastOnWhite(colour) >= 3, colour)
})
