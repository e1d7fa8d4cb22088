import { SourceMap } from 'node:module'
import { transform } from 'esbuild'
import type { Bundle } from '../model/types.ts'

/** What a bundle took of each source: place of the source -> name of a declaration -> its text without comments and types. */
export interface Symbols {
  readonly [file: string]: { readonly [name: string]: string }
}

/** The name under which statements stand that declare nothing. */
const statements = 'statements'

/**
 * Takes a bundle apart into its top-level declarations, each with the source that it comes from. What Weft itself
 * puts in, such as earlier exports, is left out: it has parts of its own.
 */
export async function symbolsOf({
  code,
  map,
  label,
}: Pick<Bundle, 'code' | 'map' | 'label'>): Promise<Symbols> {
  const inline = Buffer.from(map).toString('base64')
  // One declaration begins a line then, and all that belongs to it is indented.
  const pretty = await transform(`${code}\n//# sourceMappingURL=data:application/json;base64,${inline}`, {
    loader: 'js',
    sourcemap: 'external',
    charset: 'utf8',
    logLevel: 'silent',
  })
  const places = new SourceMap(JSON.parse(pretty.map))
  const symbols: Record<string, Record<string, string>> = {}
  for (const { line, text } of declarations(pretty.code)) {
    const head = headOf(text)
    if (head === undefined) continue
    const entry = places.findEntry(line, head.column)
    const file = 'originalSource' in entry ? placeOf(entry.originalSource, label) : undefined
    if (file === undefined) continue
    symbols[file] ??= {}
    const own = symbols[file]
    const name = head.name ?? statements
    own[name] = own[name] === undefined ? text : `${own[name]}\n${text}`
  }
  return symbols
}

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

// A chapter has many cells, which may declare equal names.
function placeOf(source: string, label: string): string | undefined {
  const place = decodeURIComponent(source)
  if (/(?:^|\/)weft-[a-z]+:/.test(place)) return undefined
  return /\.(?:md|markdown)$/i.test(place) ? `${place}#${label}` : place
}
