import { SourceMap } from 'node:module'
import { resolve } from 'node:path'
import { transform } from 'esbuild'
import { isInLib } from '../model/home.ts'
import type { Bundle } from '../model/types.ts'

/** What a bundle took of each source: place of the source -> name of a declaration -> its text without comments and types. */
export interface Symbols {
  readonly [file: string]: { readonly [name: string]: string }
}

/** The name under which statements stand that declare nothing. */
export const statements = 'statements'

/** The name of what a cell shows, its default export. */
export const defaultExport = 'default'

/**
 * Takes a bundle of the project at `root` apart into its top-level declarations, each with the source that it comes
 * from, all under the names that they have there: esbuild renames what has the name of something else in the bundle.
 * What Weft itself puts in, such as earlier exports, is left out: it has parts of its own.
 */
export async function symbolsOf(
  { code, map, label }: Pick<Bundle, 'code' | 'map' | 'label'>,
  root: string,
): Promise<Symbols> {
  const inline = Buffer.from(map).toString('base64')
  // One declaration begins a line then, and all that belongs to it is indented.
  const pretty = await transform(`${code}\n//# sourceMappingURL=data:application/json;base64,${inline}`, {
    loader: 'js',
    sourcemap: 'external',
    charset: 'utf8',
    logLevel: 'silent',
  })
  const places = new SourceMap(JSON.parse(pretty.map))
  const shown = /^export \{[^}]*?([^\s,{]+) as default\b/m.exec(pretty.code)?.[1]
  const symbols: Record<string, Record<string, string>> = {}
  for (const { line, text } of declarations(pretty.code)) {
    const head = headOf(text)
    if (head === undefined) continue
    const entry = places.findEntry(line, head.column)
    const file = 'originalSource' in entry ? placeOfSource(entry.originalSource, label, root) : undefined
    if (file === undefined) continue
    symbols[file] ??= {}
    const own = symbols[file]
    const isShown = head.name !== undefined && head.name === shown && file.endsWith(`#${label}`)
    const name = isShown
      ? defaultExport
      : (nameAt(places, line, text, head.column) ?? head.name ?? statements)
    const restored = withSourceNames(text, line, places)
    own[name] = own[name] === undefined ? restored : `${own[name]}\n${restored}`
  }
  return symbols
}

// The source's own name of the identifier that begins there; undefined where the bundle has the same.
function nameAt(places: SourceMap, line: number, text: string, column: number): string | undefined {
  const entry = places.findEntry(line, column)
  if (!('originalSource' in entry) || entry.generatedLine !== line) return undefined
  // One entry stands for all that begins at one place of the source, as `(` does for the parameter of `(x) => x`.
  if (/[\p{ID_Continue}$]/u.test(text.slice(entry.generatedColumn, column))) return undefined
  // Node gives it, its types do not have it.
  return (entry as { name?: string }).name
}

function withSourceNames(text: string, firstLine: number, places: SourceMap): string {
  const lines = text.split('\n').map((line, index) => {
    let restored = ''
    let end = 0
    for (const { 0: word, index: column } of line.matchAll(identifier)) {
      const name = nameAt(places, firstLine + index, line, column)
      if (name === undefined) continue
      restored += line.slice(end, column)
      end = column + word.length
      // `{ found: found2 }` is `{ found }` where nothing is renamed.
      const key = restored.slice(0, -`${name}: `.length)
      const isKeyToo = restored === `${key}${name}: ` && /(^|[{,])\s*$/.test(key)
      restored = isKeyToo && /^(,|$| [}=])/.test(line.slice(end)) ? key + name : restored + name
    }
    return restored + line.slice(end)
  })
  return lines.join('\n')
}

const identifier = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu

function declarations(code: string): { line: number; text: string }[] {
  const found: { line: number; text: string }[] = []
  for (const [line, text] of code.split('\n').entries()) {
    const last = found.at(-1)
    if (/^[^\s})\]`]/.test(text) || !last) found.push({ line, text })
    else last.text += `\n${text}`
  }
  return found.map(({ line, text }) => ({ line, text: text.trimEnd() }))
}

// Where a declaration's own name stands, which a source map knows; imports and lists of exports declare nothing.
function headOf(text: string): { readonly name?: string; readonly column: number } | undefined {
  if (/^(?:import\b(?!\()|export \{)/.test(text) || text === '') return undefined
  const head = /^(?:export )?(?:async )?(?:function\*? |class |var |let |const )/.exec(text)?.[0]
  const name =
    head === undefined
      ? undefined
      : /^[\p{ID_Start}$_][\p{ID_Continue}$]*/u.exec(text.slice(head.length))?.[0]
  return name === undefined ? { column: 0 } : { name, column: head!.length }
}

// A chapter has many cells, which may declare equal names. The files of `lib` have others in each version of Weft.
function placeOfSource(source: string, label: string, root: string): string | undefined {
  const place = decodeURIComponent(source)
  if (/(?:^|\/)weft-[a-z]+:/.test(place)) return undefined
  if (isInLib(resolve(root, place))) return 'weft'
  return /\.(?:md|markdown)$/i.test(place) ? `${place}#${label}` : place
}
