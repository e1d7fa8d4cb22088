import { sha256 } from '../model/digest.ts'
import type { Json } from '../model/types.ts'

/** What an output looks like in each form that a reader may choose, by its media type. */
export interface MimeBundle {
  readonly [mediaType: string]: Json
}

interface BaseCell {
  /** Any text; the notebook makes it an id of its own. */
  readonly id: string
  readonly source: string
  readonly metadata?: { readonly [name: string]: Json }
}

export interface MarkdownCell extends BaseCell {
  readonly kind: 'markdown'
  /** Pictures that its text names as `attachment:NAME`. */
  readonly attachments?: { readonly [name: string]: MimeBundle }
}

export interface CodeCell extends BaseCell {
  readonly kind: 'code'
  readonly outputs: readonly MimeBundle[]
}

export type NotebookCell = MarkdownCell | CodeCell

const kernel = {
  kernelspec: { display_name: 'Deno', language: 'typescript', name: 'deno' },
  language_info: {
    codemirror_mode: 'typescript',
    file_extension: '.ts',
    mimetype: 'text/x.typescript',
    name: 'typescript',
    nbconvert_exporter: 'script',
    pygments_lexer: 'typescript',
  },
}

/**
 * Writes a notebook of the format nbformat 4.5, as nbformat itself writes it: members sorted, texts as lists of lines.
 * The same cells give the same bytes.
 */
export function writeNotebook(cells: readonly NotebookCell[], title: string): string {
  const ids = uniqueIds(cells.map(({ id }) => id))
  let count = 0
  const written = cells.map((cell, index) => {
    const base = { id: ids[index]!, metadata: cell.metadata ?? {}, source: linesOf(cell.source) }
    if (cell.kind === 'markdown')
      return {
        ...base,
        cell_type: 'markdown',
        ...(cell.attachments && { attachments: mapValues(cell.attachments, onDisk) }),
      }
    count += 1
    return { ...base, cell_type: 'code', execution_count: count, outputs: cell.outputs.map(outputOf) }
  })
  const notebook = { cells: written, metadata: { ...kernel, title }, nbformat: 4, nbformat_minor: 5 }
  return `${JSON.stringify(sorted(notebook as unknown as Json), null, 1)}\n`
}

function outputOf(data: MimeBundle) {
  return { output_type: 'display_data', data: onDisk(data), metadata: {} }
}

// Texts are lists of lines, JSON stays as it is.
function onDisk(bundle: MimeBundle): MimeBundle {
  return mapValues(bundle, (value) => (typeof value === 'string' ? linesOf(value) : value))
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

const longest = 64

/** Gives each cell an id that no other has, of the letters that nbformat allows. */
export function uniqueIds(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    const plain = name.replace(/[^A-Za-z0-9_-]+/g, '-')
    const whole = plain.length > longest || plain === '' ? shortened(plain, name) : plain
    let id = whole
    for (let number = 2; taken.has(id); number++) id = `${whole.slice(0, longest - 5)}-${number}`
    taken.add(id)
    return id
  })
}

function shortened(plain: string, name: string): string {
  return `${plain.slice(0, longest - 9)}-${sha256(name).slice(0, 8)}`
}

function mapValues<In, Out>(
  record: { readonly [name: string]: In },
  change: (value: In) => Out,
): { readonly [name: string]: Out } {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]))
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]))
}
