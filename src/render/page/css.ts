import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Family, italic, semibold, settings, stack } from './families.ts'
import { justifiedLanguages } from './hyphenate.ts'
import { type Margins, type PaperFront, paperCss, sheetCss } from './paper.ts'

/** Gives the rules of the page, screen and print. */
export function pageCss(margins: Margins, front: PaperFront = {}): string {
  const { fonts = [] } = margins
  const files = ['text', 'blocks', 'outputs', 'screen', 'print'].map((name) => readCss(name, fonts))
  const [text, blocks, outputs, screen, print] = files as [string, string, string, string, string]
  const own = ownFontsCss(fonts)
  const sheet = sheetCss(margins, front)
  return [coloursCss, text, blocks, outputs, own, screen, sheet, print, paperCss(front)]
    .map((css) => css.trim())
    .filter((css) => css !== '')
    .join('\n')
}

/** The selectors `:--sans`, `:--code`... of the CSS files. */
const groups: { readonly [name: string]: readonly string[] } = {
  ...{ ...settings, semibold, italic },
  justified: justifiedLanguages.map((lang) => `:lang(${lang})`),
}

// Beside this module, from the sources and in lib. Comments are for whoever reads the file.
/** Reads the rules of a file of `css/`. */
export function readCss(name: string, fonts: readonly string[] = []): string {
  return readFileSync(fileURLToPath(new URL(`css/${name}.css`, import.meta.url)), 'utf8')
    .replace(/\s*\/\*[\s\S]*?\*\//g, '')
    .replace(/:--(\w+)/g, (_, group: string) => `:where(${groups[group]!.join(',')})`)
    .replace(/var\(--family-(\w+)\)/g, (_, family: string) => stack(family as Family, fonts))
}

// Drawings name the page's font themselves.
function ownFontsCss(fonts: readonly string[]): string {
  return fonts.length === 0 ? '' : `svg text[font-family*='Source Sans']{font-family:${stack('sans', fonts)}}`
}

/** Colours by role. Text has a contrast of at least 4.5:1 on its ground, in both schemes. */
export const light = {
  ink: '#1a1a1a',
  quiet: '#555555',
  ground: '#ffffff',
  panel: '#f5f5f2',
  line: '#d0d0cc',
  rule: '#1a1a1a',
  marked: '#f8efc9',
  shadow: 'rgb(0 0 0/.35)',
  link: '#1a4f8b',
  alarm: '#a4161a',
  'alarm-ground': '#fdf0ef',
  caution: '#7a4a00',
  'caution-ground': '#fdf4e0',
  't-keyword': '#8a1f5c',
  't-constant': '#1a4f8b',
  't-string': '#2f6b1e',
  't-comment': '#5f6368',
  't-function': '#5b3aa5',
  't-parameter': '#8a4b00',
  't-punctuation': '#4a4a4a',
} as const

/** The same on a dark ground. */
export const dark: { readonly [role in keyof typeof light]: string } = {
  ink: '#e4e2dd',
  quiet: '#aaa7a0',
  ground: '#191a1c',
  panel: '#232528',
  line: '#44474b',
  rule: '#c9c6bf',
  marked: '#4b4322',
  shadow: 'rgb(255 255 255/.4)',
  link: '#8db9ee',
  alarm: '#ff9a94',
  'alarm-ground': '#3a1c1c',
  caution: '#f0c274',
  'caution-ground': '#38290f',
  't-keyword': '#f197c5',
  't-constant': '#8db9ee',
  't-string': '#a3d48f',
  't-comment': '#9aa0a6',
  't-function': '#c3adf7',
  't-parameter': '#f0c274',
  't-punctuation': '#bdbab3',
}

// Print is always light: the dark roles hold for screens alone. What a reader chose goes before the system's scheme.
const coloursCss = `
:root{color-scheme:light;${roles(light)}}
@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;${roles(dark)}}}
@media screen{:root[data-theme=dark]{color-scheme:dark;${roles(dark)}}}
`

function roles(colours: { readonly [role: string]: string }): string {
  return Object.entries(colours)
    .map(([role, colour]) => `--${role}:${colour}`)
    .join(';')
}
