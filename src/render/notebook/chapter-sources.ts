import { sha256 } from '../model/digest.ts'
import type { Json } from '../model/types.ts'
import type { Block } from './chapter-blocks.ts'
import type { NotebookCell } from './nbformat.ts'

/**
 * What `weft notebook` writes as `metadata.weft` of a cell, from which `weft import` makes its chapter again. Cells of
 * one piece of a chapter follow each other; the first one has its source.
 */
export interface WeftMetadata {
  readonly label?: string
  readonly echo?: string
  /** Whether no chapter has it: the title, the set-up, references. */
  readonly generated?: true
  readonly chapter?: string
  readonly piece?: number
  readonly source?: string
  /** How many cells the piece has, at the first one. */
  readonly cells?: number
  /** Which of them a later one is, from 1. */
  readonly at?: number
  /** Of the cell's text, which tells whether it was changed in the notebook. */
  readonly digest?: string
}

/** Some blocks of a chapter, and the cells of the notebook that were made of them. */
interface Piece {
  source: string
  cells: NotebookCell[]
}

/** Adds to the cells of a chapter what they were made of, so that nothing of it is lost. */
export function withSources(
  cells: readonly NotebookCell[],
  blocks: readonly Block[],
  isRun: (label: string) => boolean,
): NotebookCell[] {
  const chapter = blocks[0]?.file ?? ''
  return piecesOf(cells, blocks, isRun).flatMap(({ source, cells: own }, piece) =>
    own.map((cell, index) =>
      marked(cell, {
        chapter,
        piece,
        ...(index === 0 ? { source, cells: own.length } : { at: index }),
        digest: digestOfText(cell.source),
      }),
    ),
  )
}

/** Marks a cell that no chapter has. */
export function generated(cell: NotebookCell): NotebookCell {
  return marked(cell, { generated: true })
}

/** Gives the digest of a cell's text, as its metadata has it. */
export function digestOfText(text: string): string {
  return sha256(text).slice(0, 16)
}

function marked(cell: NotebookCell, weft: WeftMetadata): NotebookCell {
  const { weft: own, ...metadata } = cell.metadata ?? {}
  return { ...cell, metadata: { ...metadata, weft: { ...(own as object), ...weft } as Json } }
}

// Prose up to a cell is a piece, and so is the cell with its captions; a block that holds both is one with what is before.
function piecesOf(
  cells: readonly NotebookCell[],
  blocks: readonly Block[],
  isRun: (label: string) => boolean,
): Piece[] {
  const pieces: Piece[] = []
  let source = ''
  let at = 0
  const take = (isTaken: (cell: NotebookCell) => boolean) => {
    const from = at
    while (at < cells.length && isTaken(cells[at]!)) at++
    return cells.slice(from, at)
  }
  for (const block of blocks) {
    const labels = block.cells.filter(isRun)
    if (labels.length === 0) {
      source += block.source
      continue
    }
    const prose = take(({ kind }) => kind !== 'code')
    if (block.isCell) {
      if (prose.length > 0) pieces.push({ source, cells: prose })
      const before = prose.length > 0 ? '' : source
      pieces.push({ source: before + block.source, cells: cellAndCaptions(labels.length, take) })
    } else
      pieces.push({
        source: source + block.source,
        cells: [...prose, ...cellAndCaptions(labels.length, take)],
      })
    source = ''
  }
  const rest = take(() => true)
  if (rest.length > 0) pieces.push({ source, cells: rest })
  else if (pieces.length > 0) pieces.at(-1)!.source += source
  return pieces
}

function cellAndCaptions(
  count: number,
  take: (isTaken: (cell: NotebookCell) => boolean) => NotebookCell[],
): NotebookCell[] {
  let left = count
  const code = take(({ kind }) => kind === 'code' && left-- > 0)
  return [...code, ...take(({ kind, id }) => kind === 'markdown' && id.startsWith('caption-'))]
}
