import { SourceMap } from 'node:module'
import { resolve } from 'node:path'
import { transform } from 'esbuild'
import { isInLib } from '../model/home.ts'
import type { Bundle } from '../model/types.ts'

/** The declarations in a bundle: place of the source -> name -> text without comments and types. */
export interface Symbols {
  readonly [file: string]: { readonly [name: string]: string }
}

/** The name for all statements that declare nothing. */
export const statements = 'statements'

/** The name for the default export of a cell, which the report shows. */
export const defaultExport = 'default'

/**
 * Splits a bundle of the project at `root` into its top-level declarations, by source. They have the names of their
 * sources, since esbuild renames a declaration whose name occurs twice in the bundle. The result omits what Weft itself
 * inserts, such as earlier exports, because those have their own parts in the key.
 */
export async function symbolsOf(
  { code, map, label }: Pick<Bundle, 'code' | 'map' | 'label'>,
  root: string,
): Promise<Symbols> {
  const inline = Buffer.from(map).toString('base64')
  // After this, each declaration starts at the beginning of a line, and the rest of it is indented.
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

// Gives the source's name of the identifier that starts there; undefined if the bundle has the same name.
function nameAt(places: SourceMap, line: number, text: string, column: number): string | undefined {
  const entry = places.findEntry(line, column)
  if (!('originalSource' in entry) || entry.generatedLine !== line) return undefined
  // One entry covers everything that starts at one place of the source: `(` covers the parameter of `(x) => x` too.
  if (/[\p{ID_Continue}$]/u.test(text.slice(entry.generatedColumn, column))) return undefined
  // Node gives `name`, but its types lack it.
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
      // `{ found: found2 }` is `{ found }` if nothing is renamed.
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

// Finds a declaration's name and its column, for the source map. Imports and lists of exports declare nothing.
function headOf(text: string): { readonly name?: string; readonly column: number } | undefined {
  if (/^(?:import\b(?!\()|export \{)/.test(text) || text === '') return undefined
  const head = /^(?:export )?(?:async )?(?:function\*? |class |var |let |const )/.exec(text)?.[0]
  const name =
    head === undefined
      ? undefined
      : /^[\p{ID_Start}$_][\p{ID_Continue}$]*/u.exec(text.slice(head.length))?.[0]
  return name === undefined ? { column: 0 } : { name, column: head!.length }
}

// Adds the label, since cells of one chapter may declare equal names. The files of `lib` differ by Weft version.
function placeOfSource(source: string, label: string, root: string): string | undefined {
  const place = decodeURIComponent(source)
  if (/(?:^|\/)weft-[a-z]+:/.test(place)) return undefined
  if (isInLib(resolve(root, place))) return 'weft'
  return /\.(?:md|markdown)$/i.test(place) ? `${place}#${label}` : place
}
