import { blockEnd } from './fold.ts'
import type { Piece } from './piece.ts'

/** Joins what pieces say in one line, with marks; a stop is a gap in it. */
export function lineOf(pieces: readonly Piece[]): string {
  return pieces
    .map((piece) => {
      if (piece.kind === 'text' || piece.kind === 'value') return piece.text
      return piece.kind === 'open' || piece.kind === 'close' ? '' : '\uE000'
    })
    .join('')
    .replace(new RegExp(`[${blockEnd} ]+$`, 'u'), '')
}
