import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** One `@font-face`: a file of some characters of one cut. */
export interface Face {
  readonly family: string
  readonly weight: number
  readonly style: string
  readonly path: string
  readonly unicodeRange?: string
}

/** First and last code of a range of characters. */
export type Span = readonly [first: number, last: number]

/** Reads ranges of characters: `21-7e,a0`. */
export function parseSpans(text: string): readonly Span[] {
  if (text === '') return []
  return text.split(',').map((span) => {
    const [first, last = first] = span.split('-').map((code) => Number.parseInt(code, 16))
    return [first!, last!] as const
  })
}

const require = createRequire(import.meta.url)

/** Finds the folder of an installed package. */
export function packageFolder(name: string): string {
  return dirname(require.resolve(`${name}/package.json`))
}

/** Finds a file of one of KaTeX's fonts. */
export function katexFontPath(family: string, cut: string): string {
  return join(packageFolder('katex'), 'dist', 'fonts', `${family}-${cut}.woff2`)
}

/** Writes faces as rules, each once, with their files in them. */
export async function faceRules(faces: readonly Face[]): Promise<string> {
  const distinct = new Map(faces.map((face) => [face.path, face]))
  const rules = await Promise.all([...distinct.values()].map(faceRule))
  return rules.join('\n')
}

async function faceRule({ family, weight, style, path, unicodeRange }: Face): Promise<string> {
  const data = await readFile(path, 'base64')
  const range = unicodeRange ? `unicode-range:${unicodeRange};` : ''
  return `@font-face{font-family:'${family}';font-weight:${weight};font-style:${style};${range}src:url(data:font/woff2;base64,${data}) format('woff2')}`
}

/** KaTeX's own rules, without its fonts. */
export async function readKatexCss(): Promise<string> {
  const css = await readFile(join(packageFolder('katex'), 'dist', 'katex.min.css'), 'utf8')
  return css.replace(/@font-face\{[^}]*\}/g, '')
}

/** Chooses the fonts that formulas use, as KaTeX's rules name them for the classes in their markup. */
export function formulaFaces(css: string, formulas: readonly string[]): readonly Face[] {
  if (formulas.length === 0) return []
  const used = classesIn(formulas)
  const cuts = new Map<string, { isBold: boolean; isItalic: boolean }>([
    ['KaTeX_Main', { isBold: false, isItalic: false }],
  ])
  for (const [, selectors, body] of css.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    const isUsed = selectors!
      .split(',')
      .some((selector) => classesOf(selector).every((name) => used.has(name)))
    const bold = /font-weight:(700|bold)/.test(body!)
    const slanted = /font-style:italic/.test(body!)
    const family = /font-family:"?(KaTeX_\w+)/.exec(body!)?.[1]
    if (!isUsed || !(family || bold || slanted)) continue
    const cut = cuts.get(family ?? 'KaTeX_Main') ?? { isBold: false, isItalic: false }
    cuts.set(family ?? 'KaTeX_Main', { isBold: cut.isBold || bold, isItalic: cut.isItalic || slanted })
  }
  return [...cuts.keys()].sort().flatMap((family) => familyFaces(family, cuts.get(family)!))
}

function familyFaces(family: string, { isBold, isItalic }: { isBold: boolean; isItalic: boolean }): Face[] {
  const cuts = [
    { file: 'Regular', weight: 400, style: 'normal', isNeeded: true },
    { file: 'Bold', weight: 700, style: 'normal', isNeeded: isBold },
    { file: 'Italic', weight: 400, style: 'italic', isNeeded: isItalic },
    { file: 'BoldItalic', weight: 700, style: 'italic', isNeeded: isBold && isItalic },
  ]
  return cuts
    .filter(({ file, isNeeded }) => isNeeded && existsSync(katexFontPath(family, file)))
    .map(({ file, weight, style }) => ({ family, weight, style, path: katexFontPath(family, file) }))
}

function classesIn(formulas: readonly string[]): ReadonlySet<string> {
  const lists = formulas.flatMap((markup) => [...markup.matchAll(/class="([^"]*)"/g)])
  return new Set(lists.flatMap(([, names]) => names!.split(' ')))
}

function classesOf(selector: string): string[] {
  return [...selector.matchAll(/\.([\w-]+)/g)].map(([, name]) => name!)
}
