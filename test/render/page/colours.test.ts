import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { dark, light } from '../../../src/render/page/colours.ts'

const pairs = [
  ['ink', 'ground'],
  ['ink', 'panel'],
  ['quiet', 'ground'],
  ['quiet', 'panel'],
  ['link', 'ground'],
  ['alarm', 'ground'],
  ['alarm', 'alarm-ground'],
  ['caution', 'caution-ground'],
  ...Object.keys(light)
    .filter((role) => role.startsWith('t-'))
    .map((role) => [role, 'panel']),
] as [keyof typeof light, keyof typeof light][]

describe('colours', () => {
  for (const [name, colours] of Object.entries({ light, dark })) {
    test(`should have a contrast of 4.5:1 or more in the ${name} scheme`, () => {
      for (const [text, ground] of pairs) {
        const ratio = contrast(colours[text], colours[ground])
        assert.ok(ratio >= 4.5, `${text} on ${ground}: ${ratio.toFixed(2)}`)
      }
    })
  }
})

// WCAG 2.2, relative luminance.
function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
