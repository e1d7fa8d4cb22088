import { createRequire } from 'node:module'
import type { Font } from 'fontkit'

const SUBSETS = ['latin', 'latin-ext', 'greek', 'cyrillic'].map(
  (subset) => `source-sans-3/files/source-sans-3-${subset}`,
)
/** Has the raised and lowered digits, as on the page. */
const LENT = 'roboto/files/roboto-math'
/** The width of a character that none of the fonts has. */
const FALLBACK_EM = 0.6

/** The style that decides the width of a text. */
export interface TextStyle {
  readonly fontSize?: number
  readonly fontWeight?: string | number
  readonly fontStyle?: string
}

/** Gives the width of a text in CSS pixels. */
export type TextWidth = (text: string, style: TextStyle) => number

interface Face {
  readonly weight: 400 | 600 | 700
  readonly style: 'normal' | 'italic'
}

/**
 * Gives a function that measures texts in Source Sans 3 by the font files that the page embeds, so that the layout of
 * a figure is the browser's. Shapes each text once a face; reads a font file when it is first needed.
 */
export async function openTextWidth(): Promise<TextWidth> {
  const fontkit = await import('fontkit')
  const { resolve } = createRequire(import.meta.url)
  const fonts = new Map<string, Font>()
  const widths = new Map<string, number>()

  function fontOf(subset: string, { weight, style }: Face): Font {
    const file = `@fontsource/${subset}-${weight}-${style}.woff2`
    const font = fonts.get(file) ?? (fontkit.openSync(resolve(file)) as Font)
    fonts.set(file, font)
    return font
  }

  function emWidth(text: string, face: Face): number {
    const key = `${face.weight} ${face.style} ${text}`
    const width =
      widths.get(key) ??
      runsOf(text, (subset) => fontOf(subset, face)).reduce((sum, run) => sum + runWidth(run), 0)
    widths.set(key, width)
    return width
  }

  return (text, { fontSize = 11, fontWeight, fontStyle }) =>
    fontSize *
    emWidth(text, { weight: weightOf(fontWeight), style: fontStyle === 'italic' ? 'italic' : 'normal' })
}

interface Run {
  readonly text: string
  readonly font?: Font
}

// As in a browser: each character comes from the first font that has it.
function runsOf(text: string, fontOf: (subset: string) => Font): Run[] {
  const runs: Run[] = []
  for (const character of text) {
    const code = character.codePointAt(0)!
    const names = 0x2070 <= code && code <= 0x208e ? [...SUBSETS, LENT] : SUBSETS
    const subset = names.find((name) => fontOf(name).hasGlyphForCodePoint(code))
    const font = subset === undefined ? undefined : fontOf(subset)
    const last = runs.at(-1)
    if (last !== undefined && last.font === font)
      runs[runs.length - 1] = { text: last.text + character, font }
    else runs.push({ text: character, font })
  }
  return runs
}

function runWidth({ text, font }: Run): number {
  if (font === undefined) return FALLBACK_EM * Array.from(text).length
  return font.layout(text).advanceWidth / font.unitsPerEm
}

function weightOf(weight: string | number = 400): Face['weight'] {
  const number = weight === 'bold' ? 700 : weight === 'normal' ? 400 : Number(weight)
  if (number >= 650) return 700
  return number >= 500 ? 600 : 400
}
