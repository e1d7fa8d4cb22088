import type { CommentedCell } from './cell-comments.ts'
import type { ReadCell } from './read-notebook.ts'

/** How a cell of a chapter begins. */
export interface CellFence {
  readonly label: string
  /** What follows the label in its first line. */
  readonly options: readonly string[]
  /** Whether what its last expression gives is shown. */
  readonly isShown: boolean
  /** What could not be carried over, and what to write instead. */
  readonly notes: readonly string[]
}

/**
 * Reads from the comments, the tags and the id of a cell how it begins in a chapter.
 *
 * @param taken the labels of cells above; the cell's own is added
 */
export function fenceOf(cell: ReadCell, { options, fault }: CommentedCell, taken: Set<string>): CellFence {
  const notes = fault === undefined ? [] : [`Cannot read the comments at its top, ${fault}`]
  const words = new Map<string, string>()
  const { echo } = (cell.metadata.weft ?? {}) as { readonly echo?: unknown }
  if (echo === 'hide') words.set('echo', echo)
  let isShown = true
  for (const tag of cell.tags) {
    const option = tagOptions[tag]
    if (option) words.set(...option)
    if (tag === 'remove-output' || tag === 'remove-cell' || tag === 'hide-output') isShown = false
    if (tag === 'parameters')
      notes.push(
        'Cannot carry over the tag `parameters`: write `params:` in the front matter, and read `params.name`',
      )
  }
  for (const [name, value] of Object.entries(options)) {
    const read = readOption(name, value)
    if (read === undefined) notes.push(noteOn(name))
    else for (const [word, text] of read.words) words.set(word, text)
    if (read?.isShown === false) isShown = false
  }
  const label = freeLabel(wantedLabel(cell, options), taken)
  return { label, options: [...words].map(([name, value]) => `${name}=${value}`), isShown, notes }
}

const tagOptions: { readonly [tag: string]: readonly [string, string] } = {
  'hide-input': ['echo', 'fold'],
  'hide-cell': ['echo', 'fold'],
  'remove-input': ['echo', 'hide'],
  'remove-cell': ['echo', 'hide'],
  'skip-execution': ['eval', 'false'],
}

interface ReadOption {
  readonly words: readonly (readonly [string, string])[]
  readonly isShown?: boolean
}

function readOption(name: string, value: unknown): ReadOption | undefined {
  if (['label', 'warning', 'message', 'error', 'id'].includes(name)) return { words: [] }
  if (name === 'echo') return { words: [['echo', value === false ? 'hide' : 'show']] }
  if (name === 'code-fold') return { words: value === false ? [] : [['echo', 'fold']] }
  if (name === 'eval') return { words: [['eval', value === false ? 'false' : 'true']] }
  if (name === 'include')
    return value === false ? { words: [['echo', 'hide']], isShown: false } : { words: [] }
  if (name === 'output') return { words: [], isShown: value !== false }
  // A caption ends at the next quotation mark.
  if (name === 'fig-cap' || name === 'tbl-cap' || name === 'caption')
    return { words: [['caption', `"${String(value).replaceAll('"', "'").replaceAll('\n', ' ')}"`]] }
  return undefined
}

function noteOn(name: string): string {
  if (name === 'fig-alt')
    return 'Cannot carry over the option `fig-alt`: give `alt` to what makes the figure, as in `figure(drawing, { alt })`'
  return `Cannot carry over the option \`${name}\`, which a cell of a report does not have`
}

function wantedLabel({ number, id, tags, metadata }: ReadCell, options: CommentedCell['options']): string {
  const own = tags.find((tag) => !known.has(tag) && labelOf(tag) === tag)
  // An id of random letters tells a reader nothing.
  const spoken =
    id !== undefined && !/^[0-9a-f-]*\d[0-9a-f-]*$/.test(id) && !/^[A-Za-z0-9_-]{12}$/.test(id) ? id : ''
  const { label } = (metadata.weft ?? {}) as { readonly label?: unknown }
  const names = [label, options.label, options.id, metadata.name, own, spoken]
  const labels = names.map((name) => (typeof name === 'string' ? labelOf(name) : ''))
  return labels.find((label) => label !== '') ?? `cell-${number}`
}

const known = new Set([
  ...Object.keys(tagOptions),
  'parameters',
  'remove-output',
  'hide-output',
  'injected-parameters',
])

/** Makes a label of a name: small letters, digits and hyphens. Empty if the name has none. */
function labelOf(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{Mark}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
}

function freeLabel(wanted: string, taken: Set<string>): string {
  let label = wanted
  for (let count = 2; taken.has(label); count++) label = `${wanted}-${count}`
  taken.add(label)
  return label
}
