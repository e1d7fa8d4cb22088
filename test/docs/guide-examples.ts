import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryProject } from '../render/execute/temporary-project.ts'
import { home } from '../tool-copy.ts'

/** The folder of the guide. */
export const guide = join(home, 'docs/guide')

/** The chapters of the guide. */
export const chapters = readdirSync(guide).filter((name) => name.endsWith('.md'))

/** Makes a folder with the files that examples of the guide use. */
export function exampleFolder(test: Parameters<typeof temporaryProject>[0]): string {
  const folder = temporaryProject(test, {
    'rain.md': '# Rain\n',
    'data/birds.csv': 'name,mass\ntit,11\nowl,300\nrook,NA\ncrow,500\nwren,9\nlark,40\n',
    'broken.bib': '@book{doe, author = {Doe, J.}, title = {All, year = 2001}\n',
    'gauge.svg':
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>',
  })
  for (const name of ['src', 'data', 'references.bib'])
    cpSync(join(home, 'docs/templates/study', name), join(folder, name), { recursive: true })
  cpSync(join(home, 'docs/templates/minimal/data'), join(folder, 'data'), { recursive: true })
  return folder
}

/** Writes an example as the report of a folder, with a front matter if it has none. */
export function writeExample(folder: string, text: string): void {
  const isCiting = /\[-?@/.test(text)
  const front = `---\ntitle: Example\nparams: { full: { n: 3 } }\n${isCiting ? 'bibliography: references.bib\n' : ''}---\n\n`
  writeFileSync(join(folder, 'report.md'), /^---\n/.test(text) ? text : front + text)
}

/** Gives the fences of a language in a Markdown text, without those inside others. */
export function fencesOf(markdown: string, lang: string): string[] {
  const fence = /^(`{3,}|~{3,})(\S*)[^\n]*\n([\s\S]*?)^\1[ \t]*$/gm
  return [...markdown.matchAll(fence)].filter(([, , info]) => info === lang).map(([, , , text]) => text!)
}

/** Gives the examples of a chapter: each that has a front matter by itself, and all others together. */
export function examplesOf(chapter: string): string[] {
  const all = fencesOf(readFileSync(join(guide, chapter), 'utf8'), 'md')
  const whole = all.filter((text) => text.startsWith('---\n'))
  const parts = all.filter((text) => !text.startsWith('---\n'))
  return [...whole, ...(parts.length > 0 ? [parts.join('\n')] : [])]
}
