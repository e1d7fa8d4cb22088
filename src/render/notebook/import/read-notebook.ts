import { found } from '../../model/found.ts'

/** A cell of a notebook that was read, of any version of its format. */
export interface ReadCell {
  /** Its place among the cells, from 1, as messages name it. */
  readonly number: number
  readonly kind: 'code' | 'markdown' | 'raw'
  readonly source: string
  readonly id?: string
  readonly tags: readonly string[]
  readonly metadata: Members
  /** The language of its code, in small letters: `typescript`. */
  readonly language: string
  readonly attachments: { readonly [name: string]: Members }
  readonly outputs: number
}

/** A notebook that was read. */
export interface ReadNotebook {
  readonly cells: readonly ReadCell[]
  readonly title?: string
}

/** An object of JSON. */
export interface Members {
  readonly [name: string]: unknown
}

/**
 * Reads a notebook of nbformat 3 or 4.
 *
 * @param name what messages call the file
 * @throws if it is no notebook: the message says what was expected and found, and where
 */
export function readNotebook(text: string, name: string): ReadNotebook {
  const notebook = membersOf(parsed(text, name), name, 'a notebook')
  const { nbformat } = notebook
  if (nbformat !== 3 && nbformat !== 4)
    throw new Error(`Cannot read ${name}, expected \`nbformat\` 3 or 4, found ${found(nbformat)}`)
  const metadata = membersOf(notebook.metadata ?? {}, `${name}: metadata`)
  const language = languageOf(metadata)
  const read = nbformat === 4 ? inCells(notebook, name) : inWorksheets(notebook, name)
  const cells = read.map(({ cell, place }, index) => readCell(cell, { place, number: index + 1, language }))
  return { cells, ...(typeof metadata.title === 'string' && { title: metadata.title }) }
}

function parsed(text: string, name: string): unknown {
  if (text.trim() === '') throw new Error(`Cannot read ${name}, expected a notebook, found an empty file`)
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    const { message } = cause as Error
    const offset = offsetIn(message, text)
    const before = text.slice(0, offset).split('\n')
    const place = `${before.length}:${before.at(-1)!.length + 1}`
    const rest = text.slice(offset).split('\n', 1)[0]!.slice(0, 40)
    const seen = rest === '' ? 'the end of the line or file' : `\`${rest}\``
    throw new Error(`Cannot read ${name}:${place}, expected the JSON of a notebook, found ${seen}`, { cause })
  }
}

// Node 20 gives no place, but what stands there, with ten letters before it; what ends too early ends the text.
function offsetIn(message: string, text: string): number {
  const [, position] = /position (\d+)/.exec(message) ?? []
  if (position !== undefined) return Number(position)
  const [, seen, lead, around, rest] =
    /^Unexpected token '(.)', (\.\.\.)?"([\s\S]*)"(\.\.\.)? is not valid JSON$/u.exec(message) ?? []
  if (seen === undefined) return text.trimEnd().length
  if (lead) return text.indexOf(around!) + 10
  return text.lastIndexOf(seen, rest ? 10 : text.length)
}

interface Placed {
  readonly cell: unknown
  readonly place: string
}

function inCells({ cells }: Members, name: string): Placed[] {
  return listOf(cells, `${name}: cells`).map((cell, index) => ({ cell, place: `${name}:cell ${index + 1}` }))
}

function inWorksheets({ worksheets }: Members, name: string): Placed[] {
  const sheets = listOf(worksheets, `${name}: worksheets`)
  const cells = sheets.flatMap((sheet, index) => {
    const place = `${name}: worksheets[${index}]`
    return listOf(membersOf(sheet, place).cells, `${place}.cells`)
  })
  return cells.map((cell, index) => ({ cell, place: `${name}:cell ${index + 1}` }))
}

interface Where {
  readonly place: string
  readonly number: number
  readonly language: string
}

const kinds: { readonly [type: string]: ReadCell['kind'] } = {
  code: 'code',
  markdown: 'markdown',
  heading: 'markdown',
  html: 'markdown',
  raw: 'raw',
}

function readCell(given: unknown, { place, number, language }: Where): ReadCell {
  const cell = membersOf(given, place)
  const type = String(cell.cell_type)
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined
  if (kind === undefined)
    throw new Error(
      `Unexpected \`cell_type\` in ${place}, expected code, markdown or raw, found ${found(cell.cell_type)}`,
    )
  const metadata = membersOf(cell.metadata ?? {}, `${place}: metadata`)
  // Code of nbformat 3 is `input`.
  const source = textOf(cell.source ?? cell.input, `${place}: source`)
  const marks = type === 'heading' ? `${'#'.repeat(Number(cell.level) || 1)} ` : ''
  const attachments = membersOf(cell.attachments ?? {}, `${place}: attachments`)
  return {
    number,
    kind,
    source: `${marks}${source}`.replaceAll('\r\n', '\n'),
    ...(typeof cell.id === 'string' && { id: cell.id }),
    tags: Array.isArray(metadata.tags) ? metadata.tags.map(String) : [],
    metadata,
    language: cellLanguage(cell, metadata) ?? language,
    attachments: Object.fromEntries(
      Object.entries(attachments).map(([name, one]) => [
        name,
        membersOf(one, `${place}: attachment ${name}`),
      ]),
    ),
    outputs: Array.isArray(cell.outputs) ? cell.outputs.length : 0,
  }
}

// Editors that let each cell have a language of its own say so there.
function cellLanguage(
  cell: Members,
  { vscode, polyglot_notebook, dotnet_interactive }: Members,
): string | undefined {
  const own =
    member(vscode, 'languageId') ??
    member(polyglot_notebook, 'kernelName') ??
    member(dotnet_interactive, 'language') ??
    cell.language
  return typeof own === 'string' ? own.toLowerCase() : undefined
}

function languageOf({ language_info, kernelspec }: Members): string {
  const named = [member(language_info, 'name'), member(kernelspec, 'language')]
  const language = named.find((one) => typeof one === 'string' && one !== '') as string | undefined
  if (language !== undefined) return language.toLowerCase()
  const kernel = String(member(kernelspec, 'name') ?? '')
  if (/deno|tslab/.test(kernel)) return kernel === 'jslab' ? 'javascript' : 'typescript'
  if (/jslab|javascript/.test(kernel)) return 'javascript'
  // What has no language was made by the kernel that once was the only one.
  return kernel === '' || /python/.test(kernel) ? 'python' : kernel
}

function member(value: unknown, name: string): unknown {
  return isMembers(value) ? value[name] : undefined
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function membersOf(value: unknown, place: string, what = 'an object'): Members {
  if (isMembers(value)) return value
  throw new Error(`Cannot read ${place}, expected ${what}, found ${found(value)}`)
}

function listOf(value: unknown, place: string): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw new Error(`Cannot read ${place}, expected a list, found ${found(value)}`)
}

/** Reads a text, which notebooks write as a list of lines too. */
export function textOf(value: unknown, place: string): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.every((line) => typeof line === 'string')) return value.join('')
  throw new Error(`Cannot read ${place}, expected a text or a list of texts, found ${found(value)}`)
}
