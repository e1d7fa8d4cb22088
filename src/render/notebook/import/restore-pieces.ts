import { digestOfText, type WeftMetadata } from '../chapter-sources.ts'
import type { ReadCell } from './read-notebook.ts'

/** What becomes of the cells of a notebook that `weft notebook` made. */
export interface Restored {
  /** The source of a piece of a chapter, at its first cell; empty for cells that have no text of their own. */
  readonly texts: ReadonlyMap<ReadCell, string>
  /** Notes on cells that were changed in the notebook. */
  readonly notes: ReadonlyMap<ReadCell, string>
  /** The chapters that it was made of. */
  readonly chapters: readonly string[]
}

/**
 * Finds the source of cells that are as `weft notebook` wrote them.
 *
 * @param wanted the chapter to make; all of them if undefined
 */
export function restorePieces(cells: readonly ReadCell[], wanted: string | undefined): Restored {
  const texts = new Map<ReadCell, string>()
  const notes = new Map<ReadCell, string>()
  const pieces = new Map<string, ReadCell[]>()
  for (const cell of cells) {
    const { generated, chapter, piece } = weftOf(cell)
    if (generated || (wanted !== undefined && chapter !== undefined && chapter !== wanted))
      texts.set(cell, '')
    else if (chapter !== undefined) {
      const key = `${chapter} ${piece}`
      pieces.set(key, [...(pieces.get(key) ?? []), cell])
    }
  }
  for (const piece of pieces.values()) {
    const { source, chapter, cells: count } = weftOf(piece[0]!)
    // Some may have been removed or exchanged, or others put between them.
    const isInOrder = piece.every((cell, at) => at === 0 || weftOf(cell).at === at)
    const isWhole =
      isInOrder && piece.length === count && piece.at(-1)!.number - piece[0]!.number === count - 1
    const changed = piece.find((cell) => weftOf(cell).digest !== digestOfText(cell.source))
    if (source !== undefined && changed === undefined && isWhole)
      for (const [index, cell] of piece.entries()) texts.set(cell, index === 0 ? source : '')
    else
      notes.set(
        changed ?? piece[0]!,
        `It was changed after \`weft notebook\` made it of ${chapter}: values, references and imports are as in the notebook, compare it with the chapter`,
      )
  }
  const chapters = new Set(cells.flatMap((cell) => weftOf(cell).chapter ?? []))
  return { texts, notes, chapters: [...chapters] }
}

/** Gives what `weft notebook` wrote of a cell. */
export function weftOf({ metadata: { weft } }: ReadCell): WeftMetadata {
  return typeof weft === 'object' && weft !== null ? (weft as WeftMetadata) : {}
}
