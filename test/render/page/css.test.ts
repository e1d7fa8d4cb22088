import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { dark, light, pageCss } from '../../../src/render/page/css.ts'

const css = pageCss(
  { title: "It's", notice: '', running: ['One', ''], direction: 'ltr', fonts: [] },
  { chapterbreak: 'page' },
)

test('pageCss should write the families of the page into the files', () => {
  assert.match(css, /\nbody\{[^}]*font:400 1rem\/1\.55 'Source Serif 4', KaTeX_Main/)
  assert.match(css, /\n:where\(code,pre,kbd,samp,\.weft-missing[^)]*\)\{font-family:'Source Code Pro',/)
  assert.doesNotMatch(css, /:--|var\(--family-|undefined/)
})

test('pageCss should leave out what only those who read the files need', () => {
  assert.doesNotMatch(css, /\/\*/)
  assert.doesNotMatch(css, /\n\s*\n/)
})

test('pageCss should write what stands in the margins, and the rules of print last', () => {
  assert.match(css, /@bottom-left\{content:'It\\27 s';/)
  assert.match(css, /@page chapter-1\{@top-left\{content:'One';[^}]*\}\}\.weft-chapter-1\{page:chapter-1\}/)
  assert.match(css, /@page chapter-2\{\}\.weft-chapter-2\{page:chapter-2\}\n/)
  assert.match(css, /\}\n@media print\{\n:root\{font-size:10\.5pt;/)
})

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

test('the style of the plugin should reach nothing but what the plugin makes', () => {
  const path = new URL('../../../src/render/page/css/host.css', import.meta.url)
  const rules = readFileSync(path, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .trim()
    .split('\n')
  assert.ok(rules.length > 20)
  for (const rule of rules)
    assert.match(
      rule.slice(0, rule.indexOf('{')),
      /^(?::where\(\[data-theme=dark\],\.dark\) )?(?::is\(|:where\()?\.weft-/,
    )
})
