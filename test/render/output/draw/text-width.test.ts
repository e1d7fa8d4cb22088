import assert from 'node:assert/strict'
import test from 'node:test'
import { openTextWidth } from '../../../../src/render/output/draw/text-width.ts'

/** Widths that Chromium gives at 100 px, of an inline box with the same font files. */
const MEASURED = {
  400: { Accuracy: 373.41, AVAToffice: 428.2, '96.3 %': 276.41, 'T-shirt': 266.81 },
  600: { Accuracy: 383.81, AVAToffice: 440.11, '96.3 %': 285.5, 'T-shirt': 278.5 },
  italic: { Accuracy: 364.7, AVAToffice: 399.31, '96.3 %': 267.31, 'T-shirt': 257 },
} as const
const BROWSER_TOLERANCE_PX = 0.05

test('openTextWidth should measure as the browser does', async () => {
  const width = await openTextWidth()
  for (const [cut, texts] of Object.entries(MEASURED)) {
    const style = cut === 'italic' ? { fontStyle: 'italic' } : { fontWeight: Number(cut) }
    for (const [text, expected] of Object.entries(texts)) {
      const difference = Math.abs(width(text, { fontSize: 100, ...style }) - expected)
      assert.ok(difference < BROWSER_TOLERANCE_PX, `${cut} ${text} differs by ${difference}`)
    }
  }
})

test('openTextWidth should measure raised digits by the font that the page takes them from', async () => {
  const width = await openTextWidth()
  for (const character of '⁰⁴⁵⁶⁷⁸⁹⁻₂') {
    const measured = width(character, { fontSize: 100 })
    assert.ok(30 < measured && measured < 50, `${character} ${measured}`)
  }
})

test('openTextWidth should know other scripts, and guess what no font has', async () => {
  const width = await openTextWidth()
  assert.equal(width('', { fontSize: 10 }), 0)
  assert.ok(width('λ', { fontSize: 10 }) !== 6)
  assert.ok(Math.abs(width('a→', { fontSize: 10 }) - width('a', { fontSize: 10 }) - 6) < 1e-9)
})

test('openTextWidth should take words for weights', async () => {
  const width = await openTextWidth()
  assert.equal(width('Loss', { fontWeight: 'bold' }), width('Loss', { fontWeight: 700 }))
  assert.equal(width('Loss', { fontWeight: 'normal' }), width('Loss', {}))
})
