// What cells of the guide read from the project itself.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const home = fileURLToPath(new URL('../..', import.meta.url))

const words: { readonly [file: string]: string } = {
  '.github/workflows/report.yml': 'builds and checks the report after each push',
  '.gitignore': 'keeps built files out of Git',
  '.vscode/settings.json': 'settings of the editor: wraps lines, completes names while you type',
  'data/anscombe.csv': 'the data',
  'package.json': 'names the exact version of Weft',
  'quartet.md': 'a chapter: a table, a chart, a claim, a typed number',
  'references.bib': 'the list of references',
  'report.md': 'title, settings, abstract, list of chapters',
  'resampling.md': 'a chapter: an experiment over seeds',
  'src/resampling.ts': 'the experiment',
  'src/summary.ts': 'functions that cells import',
  'tsconfig.json': 'settings of TypeScript for `src`',
}

/** Reads a file of the project. */
export function textOf(path: string): string {
  return readFileSync(join(home, path), 'utf8')
}

/** Lists the files that `weft init` writes for a template, each with what it is. */
export function filesOf(template: string): { readonly file: string; readonly what: string }[] {
  const list = (folder: string) =>
    readdirSync(join(home, 'docs/templates', folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .map((path) => path.slice(join(home, 'docs/templates', folder).length + 1))
  const project = list('project').map((path) => (path === 'tsconfig.json' ? path : `.${path}`))
  return [...list(template), ...project].sort().map((file) => ({ file, what: words[file]! }))
}

/** Gives a message that `weft build` has of the report that `weft init` writes; a test compares it. */
export function messageOf(rule: string): string {
  const said = textOf('docs/guide/said.txt').split('\n')
  return said.find((line) => line.includes(rule))!.trim()
}
