import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { coloursCss } from './colours.ts'
import { type Family, italic, semibold, settings, stack } from './families.ts'

/** What stands in the margins of printed pages. */
interface Margins {
  readonly title: string
  readonly notice: string
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
function readCss(name: string): string {
  return readFileSync(fileURLToPath(new URL(`css/${name}.css`, import.meta.url)), 'utf8')
    .replace(/\s*\/\*[\s\S]*?\*\//g, '')
    .replace(/:--(\w+)/g, (_, group: string) => `:where(${groups[group]!.join(',')})`)
    .replace(/var\(--family-(\w+)\)/g, (_, family: string) => stack(family as Family))
}

const small = `font:400 8pt/1.2 'Source Sans 3',sans-serif;color:#555`

// A4, and what stands round its text.
function marginCss({ title, notice, running }: Margins): string {
  const noticeBox =
    notice === ''
      ? ''
      : `@top-center{content:${cssString(notice)};font:600 8pt/1.2 'Source Sans 3',sans-serif;color:#7a4a00}`
  return `
@page{size:A4;margin:24mm 22.5mm 26mm;${noticeBox}@bottom-left{content:${cssString(title)};padding-left:16.5mm;width:70%;${small}}@bottom-right{content:counter(page) ' / ' counter(pages);padding-right:16.5mm;white-space:nowrap;${small}}}
${running.map((chapter, index) => chapterPage(chapter, index + 1)).join('\n')}
@page:first{@top-left{content:none}@bottom-left{content:none}@bottom-right{content:none}}`
}

// Pages of a chapter have its name, so that their margins can hold its title.
function chapterPage(title: string, number: number): string {
  const name = `chapter-${number}`
  const box = title === '' ? '' : `@top-left{content:${cssString(title)};padding-left:16.5mm;${small}}`
  return `@page ${name}{${box}}.weft-${name}{page:${name}}`
}

function cssString(text: string): string {
  const escaped = text.replace(
    /[\\"'<\n\r\f]/g,
    (character) => `\\${character.codePointAt(0)!.toString(16)} `,
  )
  return `'${escaped}'`
}
