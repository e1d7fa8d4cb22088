import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Family, italic, semibold, settings, stack } from './families.ts'

/** What stands in the margins of printed pages. */
interface Margins {
  readonly title: string
  readonly notice: string
  readonly direction: 'ltr' | 'rtl'
  /** The title of each chapter, at the top of its pages. */
  readonly running: readonly string[]
}

/** Gives the rules of the page, screen and print. */
export function pageCss(margins: Margins): string {
  const [text, outputs, screen, print] = ['text', 'outputs', 'screen', 'print'].map(readCss)
  return [coloursCss, text!, outputs!, screen!, marginCss(margins), print!]
    .map((css) => css.trim())
    .join('\n')
}

/** The selectors `:--sans`, `:--code`... of the CSS files. */
const groups: { readonly [name: string]: readonly string[] } = { ...settings, semibold, italic }

// Beside this module, from the sources and in lib. Comments are for whoever reads the file.
/** Reads the rules of a file of `css/`. */
export function readCss(name: string): string {
  return readFileSync(fileURLToPath(new URL(`css/${name}.css`, import.meta.url)), 'utf8')
    .replace(/\s*\/\*[\s\S]*?\*\//g, '')
    .replace(/:--(\w+)/g, (_, group: string) => `:where(${groups[group]!.join(',')})`)
    .replace(/var\(--family-(\w+)\)/g, (_, family: string) => stack(family as Family))
}

const small = `font:400 8pt/1.2 'Source Sans 3',sans-serif;color:#555`

// A4, and what stands round its text.
function marginCss({ title, notice, running, direction }: Margins): string {
  const [start, end] = direction === 'rtl' ? ['right', 'left'] : ['left', 'right']
  const noticeBox =
    notice === ''
      ? ''
      : `@top-center{content:${cssString(notice)};font:600 8pt/1.2 'Source Sans 3',sans-serif;color:#7a4a00}`
  return `
@page{size:A4;margin:24mm 22.5mm 26mm;${noticeBox}@bottom-${start}{content:${cssString(title)};padding-${start}:16.5mm;width:70%;${small}}@bottom-${end}{content:counter(page) ' / ' counter(pages);padding-${end}:16.5mm;direction:ltr;white-space:nowrap;${small}}}
${running.map((chapter, index) => chapterPage(chapter, index + 1, start!)).join('\n')}
@page:first{@top-${start}{content:none}@bottom-left{content:none}@bottom-right{content:none}}`
}

// Pages of a chapter have its name, so that their margins can hold its title.
function chapterPage(title: string, number: number, start: string): string {
  const name = `chapter-${number}`
  const box =
    title === '' ? '' : `@top-${start}{content:${cssString(title)};padding-${start}:16.5mm;${small}}`
  return `@page ${name}{${box}}.weft-${name}{page:${name}}`
}

function cssString(text: string): string {
  const escaped = text.replace(
    /[\\"'<\n\r\f]/g,
    (character) => `\\${character.codePointAt(0)!.toString(16)} `,
  )
  return `'${escaped}'`
}

/** Colours by role. Text has a contrast of at least 4.5:1 on its ground, in both schemes. */
export const light = {
  ink: '#1a1a1a',
  quiet: '#555555',
  ground: '#ffffff',
  panel: '#f5f5f2',
  line: '#d0d0cc',
  rule: '#1a1a1a',
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

/** The same on a dark ground; figures keep a light one. */
export const dark: { readonly [role in keyof typeof light]: string } = {
  ink: '#e4e2dd',
  quiet: '#aaa7a0',
  ground: '#191a1c',
  panel: '#232528',
  line: '#44474b',
  rule: '#c9c6bf',
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
