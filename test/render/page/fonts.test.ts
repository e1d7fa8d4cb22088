import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { renderedOf, toHtml } from './rendered-of.ts'

// Of every page, for the foot of its sheets and the words that it has without scripts: Source Sans 3 and Serif 4, 400.
const latin = 'U+0000-00FF'

async function facesOf(markdown: string, nodes: Record<string, readonly unknown[]> = {}): Promise<string[]> {
  const html = await toHtml(renderedOf([markdown], { front: { title: '' }, nodes }))
  const faces = html.matchAll(
    /@font-face\{font-family:'([^']*)';font-weight:(\d+);font-style:(\w+);(?:unicode-range:([^;]*))?/g,
  )
  const always = ['Source Sans 3', 'Source Serif 4'].map((family) => `${family} 400 normal ${latin}`)
  return [...faces]
    .map(([, family, weight, style, range]) => `${family} ${weight} ${style} ${range?.slice(0, 11) ?? 'all'}`)
    .filter((face) => !always.includes(face))
}
describe('fonts of the page', () => {
  test('should embed no more than plain text needs', async () => {
    assert.deepEqual(await facesOf('Plain – text.'), [])
  })

  test('should embed the cuts that the text uses', async () => {
    assert.deepEqual(await facesOf('*a* **b** `c`\n\n# H'), [
      `Source Code Pro 400 normal ${latin}`,
      `Source Sans 3 600 normal ${latin}`,
      `Source Serif 4 400 italic ${latin}`,
      `Source Serif 4 600 normal ${latin}`,
    ])
  })

  test('should embed the subsets that hold the characters', async () => {
    assert.deepEqual(await facesOf('ł and Ω'), [
      'Source Serif 4 400 normal U+0370-0377',
      'Source Serif 4 400 normal U+0100-02BA',
    ])
  })

  test('should let KaTeX fonts stand in for arrows, relations, ticks and sums', async () => {
    assert.deepEqual(await facesOf('a → b ≥ c'), ['KaTeX_Main 400 normal all'])
    assert.ok((await facesOf('✓')).includes('KaTeX_AMS 400 normal all'))
    assert.ok((await facesOf('∑')).includes('KaTeX_Size1 400 normal all'))
  })

  test('should find a glyph for each raised and lowered digit and sign, in every cut', async () => {
    const characters = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎'
    const lent = (cut: string) => `Source Sans 3 ${cut} U+2070-208e`
    const rendered = renderedOf([
      `${characters} *${characters}* **${characters}** ***${characters}*** \`${characters}\``,
    ])
    await toHtml(rendered)
    assert.deepEqual(rendered.chapters[0]!.file.messages.map(String), [])
    for (const [markdown, cuts] of [
      ['1 × 10⁻⁷', ['400 normal']],
      ['*1 × 10⁻⁷* and H₂O', ['400 italic', '400 normal']],
      ['| **10⁻⁷** |\n| - |', ['600 normal']],
      ['`10⁻⁷`', ['400 normal']],
      ['m² and s³', []],
    ] as const)
      assert.deepEqual(
        (await facesOf(markdown)).filter((face) => face.includes('U+2070')).sort(),
        cuts.map(lent),
        markdown,
      )
  })

  test('should find Greek of code in another family', async () => {
    const faces = await facesOf('`α`')
    assert.deepEqual(faces, ['Source Sans 3 400 normal U+0370-0377'])
  })

  test('should embed both weights of a figure', async () => {
    const svg = '<svg><text>&#x3C3; &#963; loss</text></svg>'
    assert.deepEqual(await facesOf('FIG', { FIG: [{ type: 'raw', value: svg }] }), [
      'Source Sans 3 400 normal U+0370-0377',
      'Source Sans 3 600 normal U+0370-0377',
      `Source Sans 3 600 normal ${latin}`,
    ])
  })

  test('should embed the KaTeX fonts that a formula uses, and no others', async () => {
    const families = async (tex: string) => [
      ...new Set((await facesOf(`$${tex}$`)).map((face) => face.replace(' all', ''))),
    ]
    assert.deepEqual(await families('1+1'), ['KaTeX_Main 400 normal'])
    assert.deepEqual(await families('x'), ['KaTeX_Main 400 normal', 'KaTeX_Math 400 italic'])
    assert.deepEqual(await families('\\mathbb{R}\\mathbf{W}'), [
      'KaTeX_AMS 400 normal',
      'KaTeX_Main 400 normal',
      'KaTeX_Main 700 normal',
    ])
    assert.ok((await families('\\displaystyle\\sum_i')).includes('KaTeX_Size2 400 normal'))
  })
})
