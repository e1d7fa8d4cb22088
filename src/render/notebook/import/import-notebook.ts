import type ts from 'typescript'
import { orList } from '../../model/nearest.ts'
import { type CommentedCell, readComments } from './cell-comments.ts'
import { type CellFence, fenceOf } from './cell-fence.ts'
import { fenced } from './fenced.ts'
import { insteadOf, languageNamed, magicsIn, runnable } from './foreign-code.ts'
import { joinParts } from './join-parts.ts'
import { type Picture, proseOf } from './prose-cell.ts'
import { rawText } from './raw-cell.ts'
import { type ReadCell, readNotebook } from './read-notebook.ts'
import { restorePieces, weftOf } from './restore-pieces.ts'
import { type CellToWrite, writeCells } from './write-cells.ts'

export interface ImportOptions {
  /** What messages call the notebook: `notebook.ipynb`. */
  readonly name: string
  /** The notebook's folder from the chapter's, with slashes; empty if they are the same. */
  readonly toNotebook: string
  /** The name of the folder beside the chapter for its pictures. */
  readonly pictureFolder: string
  /** Of a notebook that `weft notebook` made of several chapters, the one to make. */
  readonly chapter?: string
  /** Loads TypeScript, which parses the cells; called only if there are any. */
  readonly loadTypeScript: () => Promise<typeof ts>
}

/** A chapter that was made of a notebook. */
export interface ImportedChapter {
  readonly markdown: string
  readonly pictures: readonly Picture[]
  /** What could not be carried over, in order: `notebook.ipynb:cell 7: Cannot ...`. */
  readonly notes: readonly string[]
  /** How many cells run, and how many are read: prose and code of other languages. */
  readonly counts: { readonly run: number; readonly read: number }
}

interface Part {
  readonly text: string
  readonly chapter?: string
  readonly notes: readonly string[]
  readonly pictures?: readonly Picture[]
  readonly isRun?: boolean
}

/**
 * Makes a chapter of a Jupyter notebook of nbformat 3 or 4: its prose, its TypeScript and JavaScript as cells that run,
 * code of other languages as code to read. Throws if the file is no notebook.
 */
export async function importNotebook(text: string, options: ImportOptions): Promise<ImportedChapter> {
  const { name } = options
  const notebook = readNotebook(text, name)
  const parts = new Map<ReadCell, Part>()
  const running: CellToWrite[] = []
  const labels = new Set<string>()
  const pictures = new Set<string>()
  const restored = restorePieces(notebook.cells, options.chapter)
  if (options.chapter !== undefined && !restored.chapters.includes(options.chapter))
    throw new Error(
      `Cannot find the chapter \`${options.chapter}\` in ${name}, expected ${orList(restored.chapters) || 'a notebook that `weft notebook` made'}`,
    )
  for (const cell of notebook.cells) {
    const source = restored.texts.get(cell)
    if (source !== undefined) {
      parts.set(cell, {
        text: source,
        chapter: weftOf(cell).chapter,
        notes: [],
        isRun: cell.kind === 'code' && source !== '',
      })
      continue
    }
    const lang = cell.kind === 'code' && !/^\s*%%/.test(cell.source) ? runnable(cell.language) : undefined
    if (cell.kind === 'markdown')
      parts.set(cell, { ...proseOf(cell, options.pictureFolder, pictures), notes: [] })
    else if (cell.kind === 'raw') parts.set(cell, rawText(cell))
    else if (lang === undefined) parts.set(cell, foreign(cell))
    else if (cell.source.trim() !== '') running.push(toWrite(cell, lang, labels))
  }
  const compiler = running.length === 0 ? undefined : await options.loadTypeScript()
  const written = compiler
    ? writeCells(running, { ...options, compiler })
    : { cells: new Map<number, Part>(), notes: [] }
  const partOf = (cell: ReadCell): Part | undefined => parts.get(cell) ?? written.cells.get(cell.number)
  const all = notebook.cells.flatMap((cell) => {
    const part = partOf(cell)
    return part ? [{ cell, part }] : []
  })
  const blocks = all.map(({ part }) => part).filter(({ text: own }) => own !== '')
  const places = all.flatMap(({ cell, part }) =>
    [...(restored.notes.has(cell) ? [restored.notes.get(cell)!] : []), ...part.notes].map(
      (note) => `${name}:cell ${cell.number}: ${note}`,
    ),
  )
  const isRun = all.filter(({ part }) => part.isRun).length
  return {
    markdown: joinParts(blocks, notebook.title),
    pictures: all.flatMap(({ part }) => part.pictures ?? []),
    notes: [
      ...places,
      ...written.notes,
      ...chapterNote(restored.chapters, options),
      ...outputNote(notebook.cells, name),
    ],
    counts: { run: isRun, read: blocks.length - isRun },
  }
}

function toWrite(cell: ReadCell, lang: 'ts' | 'js', labels: Set<string>): CellToWrite {
  const magics = magicsIn(cell.source, true)
  // The parser would stop there.
  const lines = cell.source.split('\n')
  const source = lines.filter((line) => !magics.some((magic) => magic.line === line.trim())).join('\n')
  const commented: CommentedCell = readComments(source)
  const fence: CellFence = fenceOf(cell, commented, labels)
  const notes = [
    ...fence.notes,
    ...magics.map(({ line, instead }) => `Cannot carry over \`${line}\`, ${instead}`),
  ]
  return { number: cell.number, lang, code: commented.code.trim(), fence: { ...fence, notes } }
}

// Shown, and not run.
function foreign({ source, language }: ReadCell): Part {
  const { code } = readComments(source)
  if (code.trim() === '') return { text: '', notes: [] }
  const [, magic] = /^\s*%%(\w+)/.exec(code) ?? []
  const { title, fence } = languageNamed(magic !== undefined && runnable(language) ? magic : language)
  const magics = magicsIn(code, false)
  const lines = code.split('\n').filter((line) => line.trim() !== '')
  const isMagic = lines.every((line) => magics.some((one) => one.line === line.trim()))
  const notes = magics.map(({ line, instead }) => `Cannot carry over \`${line}\`, ${instead}`)
  const run = isMagic ? [] : [`Cannot run ${title}, its code is shown. ${insteadOf(code)}`]
  return { text: fenced(code, fence), notes: [...run, ...notes] }
}

function chapterNote(chapters: readonly string[], { name, chapter }: ImportOptions): string[] {
  if (chapters.length < 2 || chapter !== undefined) return []
  return [`${name}: ${chapters.join(' and ')} are in one file: take one of them with --chapter`]
}

function outputNote(cells: readonly ReadCell[], name: string): string[] {
  const count = cells.filter(({ outputs }) => outputs > 0).length
  if (count === 0) return []
  return [
    `${name}: Outputs of ${count} ${count === 1 ? 'cell' : 'cells'} are left out: a build computes them anew`,
  ]
}
