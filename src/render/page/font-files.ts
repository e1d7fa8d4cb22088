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
