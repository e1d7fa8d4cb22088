import assert from 'node:assert/strict'
import test from 'node:test'
import { DASHES, ORDERED_PALETTE, PALETTE } from '../../../src/render/charts/theme.ts'

/** Contrast on white by WCAG 2.2, from the relative luminance of sRGB. */
function contrastOnWhite(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 1.05 / (0.2126 * red! + 0.7152 * green! + 0.0722 * blue! + 0.05)
}

test('PALETTE should stand out from paper', () => {
  assert.equal(Math.round(contrastOnWhite('#000000')), 21)
  for (const colour of PALETTE)
    assert.ok(contrastOnWhite(colour) >= 3, `${colour} has ${contrastOnWhite(colour)}`)
})

test('PALETTE should have a dash for each colour', () => {
  assert.equal(DASHES.length, PALETTE.length)
  assert.equal(new Set(DASHES.map((dash) => dash.join())).size, DASHES.length)
})

test('ORDERED_PALETTE should stand out from paper, and grow paler step by step', () => {
  const contrasts = ORDERED_PALETTE.map(contrastOnWhite)
  assert.ok(
    contrasts.every((contrast) => contrast >= 3),
    String(contrasts),
  )
  for (let step = 1; step < contrasts.length; step++)
    assert.ok(contrasts[step]! < contrasts[step - 1]! / 1.07, `${step}: ${contrasts}`)
})
