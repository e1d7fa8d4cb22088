import { blockEnd, fold, foldMarked } from './fold.ts'
import type { Piece } from './piece.ts'

const contextLength = 20
// With less prose than this in its own block, a value is told by the blocks beside it too.
const tellingLength = 6

/** The prose on both sides of a stretch of pieces, with marks. */
export interface Context {
  readonly before: string
  readonly after: string
}

/** Gives the prose beside the pieces from `from` up to, but without, `to`. */
export function contextOf(pieces: readonly Piece[], from: number, to: number): Context {
  const sides = [pieces.slice(Math.max(0, from - reach), from).reverse(), pieces.slice(to, to + reach)]
  const own = sides.map(ownBlock)
  const isTelling = own.flat().reduce((sum, piece) => sum + lengthOf(textOf(piece)), 0) >= tellingLength
  const [before = [], after = []] = isTelling ? own : sides
  return { before: collect(before, -1), after: collect(after, 1) }
}

// More pieces than these never make a context.
const reach = 60

function ownBlock(side: readonly Piece[]): readonly Piece[] {
  const end = side.findIndex((piece) => isStop(piece) || textOf(piece) === blockEnd)
  return end < 0 ? side : side.slice(0, end)
}

// Takes pieces, the nearest first, until there are enough characters of text; they stand before (-1) or behind (1).
function collect(pieces: readonly Piece[], direction: -1 | 1): string {
  let side = ''
  for (const piece of pieces) {
    if (isStop(piece) || lengthOf(side) >= contextLength) break
    side = direction < 0 ? textOf(piece) + side : side + textOf(piece)
  }
  let characters = [...side.normalize('NFKC').replace(/\s+/gu, ' ')]
  while (lengthOf(characters.join('')) > contextLength)
    characters = direction < 0 ? characters.slice(1) : characters.slice(0, -1)
  return characters.join('')
}

function isStop({ kind }: Piece): boolean {
  return kind !== 'text' && kind !== 'value' && kind !== 'open' && kind !== 'close'
}

/** Gives what a piece says in its line; nothing of what is proved as a whole. */
export function textOf(piece: Piece): string {
  return piece.kind === 'text' || piece.kind === 'value' ? piece.text : ''
}

function lengthOf(text: string): number {
  return fold(text).length
}

/** Writes a context as a message shows it. */
export function shownText(text: string): string {
  return foldMarked(text)
    .replace(/[\uE000\uE001]+/g, ' … ')
    .replace(/[\uE003]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}
