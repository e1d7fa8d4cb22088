import { rowTemplates } from './grid.ts'
import { type Template, templateOf } from './match-at.ts'
import type { Grid, Piece, Spot } from './piece.ts'
import { blockEnd, fold, foldMarked } from './printed-text.ts'

/** Something that a reader must find, in its place. */
export interface Wanted {
  readonly kind: 'value' | 'claim' | 'caption' | 'prose' | 'table' | 'equation'
  /** The value, the prose or the caption itself. */
  readonly text: string
  /** The same with its prose on both sides, as a message shows it. */
  readonly shown: string
  readonly spot: Spot
  /** One, or those of the rows of a table. */
  readonly templates: readonly Template[]
  /** It stands behind the contents. */
  readonly isInBody: boolean
  readonly grid?: Grid
  /** Of a value or claim: the same with its prose on one side alone. */
  readonly oneSided?: readonly Template[]
  /** It belongs to a figure or table. */
  readonly isFloat?: boolean
  /** It is the beginning of a caption with a number. */
  readonly isNumbered?: boolean
  /** Of a value. */
  readonly id?: string
  /** Of a plain output, its id, and all of its text. */
  readonly output?: { readonly id: string; readonly text: string }
}

const longestChunk = 160
const mostGaps = 3

/** Lists what must be printed, in the order in which it is read. */
export function wantedIn(pieces: readonly Piece[]): Wanted[] {
  const body = pieces.findIndex(({ kind }) => kind === 'body')
  return pieces.flatMap((piece, index) => {
    const isInBody = body >= 0 && index > body
    return wantedOf(piece, index, pieces).map((one) => ({ ...one, isInBody }))
  })
}

type Found = Omit<Wanted, 'isInBody'>

function wantedOf(piece: Piece, index: number, pieces: readonly Piece[]): Found[] {
  switch (piece.kind) {
    case 'value': {
      const { text, id, spot } = piece
      return [{ ...inContext('value', text, spot, contextOf(pieces, index, index + 1)), id }]
    }
    case 'open': {
      const end = pieces.findIndex((other, at) => at > index && other.kind === 'close')
      const text = pieces.slice(index, end).map(textOfPiece).join('')
      return [inContext('claim', text, piece.spot, contextOf(pieces, index, end + 1))]
    }
    case 'block':
      return blockWanted(piece)
    case 'grid': {
      const { grid, spot, isFloat } = piece
      const named = { text: grid.name, shown: grid.name, spot }
      return [{ kind: 'table', ...named, templates: rowTemplates(grid), grid, isFloat }]
    }
    case 'equation':
      return [inContext('equation', piece.text, piece.spot)]
    default:
      return []
  }
}

function inContext(
  kind: Wanted['kind'],
  text: string,
  spot: Spot,
  { before, after } = { before: '', after: '' },
): Found {
  const shown = shownText(`${before}${text}${after}`)
  const oneSided =
    before !== '' && after !== '' ? [templateOf({ before, text }), templateOf({ text, after })] : []
  const templates = [templateOf({ before, text, after })]
  return { kind, text: shownText(text), shown, spot, templates, oneSided }
}

// It is a block of its own: lines begin and end with it.
function blockWanted({
  what,
  text: whole,
  output,
  spot,
  isBeside = false,
  isFloat,
  isNumbered,
}: Extract<Piece, { kind: 'block' }>): Found[] {
  const parts = chunks(whole)
  return parts.map((part, index) => {
    const [isFirst, isLast] = [index === 0, index === parts.length - 1]
    const isLine = isFirst === isLast ? isFirst : isFirst ? 'begun' : 'ended'
    const text = shownText(part)
    const templates = [templateOf({ text: part, isLine: isBeside ? false : isLine })]
    return {
      kind: what,
      text,
      shown: text,
      spot,
      templates,
      isFloat,
      isNumbered: isNumbered === true && isFirst,
      ...(output !== undefined && isFirst ? { output: { id: output, text: whole } } : {}),
    }
  })
}

// A long text, or one of many formulas, is sought in parts, which follow each other.
function chunks(text: string): string[] {
  const found: string[] = []
  let chunk = ''
  for (const part of text.split(/(?<= )|(?<=[\uE000\uE001])/)) {
    const gaps = chunk.match(/[\uE000\uE001]/g)?.length ?? 0
    if (chunk.length + part.length > longestChunk || gaps >= mostGaps) {
      found.push(chunk)
      chunk = ''
    }
    chunk += part
  }
  return [...found, chunk].filter((one) => /[\p{L}\p{N}]/u.test(one))
}

const contextLength = 20
// With less prose than this in its own block, a value is told by the blocks beside it too.
const tellingLength = 6

/** The prose on both sides of a stretch of pieces, with marks. */
interface Context {
  readonly before: string
  readonly after: string
}

/** Gives the prose beside the pieces from `from` up to, but without, `to`. */
function contextOf(pieces: readonly Piece[], from: number, to: number): Context {
  const sides = [pieces.slice(Math.max(0, from - reach), from).reverse(), pieces.slice(to, to + reach)]
  const own = sides.map(ownBlock)
  const isTelling = own.flat().reduce((sum, piece) => sum + lengthOf(textOfPiece(piece)), 0) >= tellingLength
  const [before = [], after = []] = isTelling ? own : sides
  return { before: collect(before, -1), after: collect(after, 1) }
}

// More pieces than these never make a context.
const reach = 60

function ownBlock(side: readonly Piece[]): readonly Piece[] {
  const end = side.findIndex((piece) => isStop(piece) || textOfPiece(piece) === blockEnd)
  return end < 0 ? side : side.slice(0, end)
}

// Takes pieces, the nearest first, until there are enough characters of text; they stand before (-1) or behind (1).
function collect(pieces: readonly Piece[], direction: -1 | 1): string {
  let side = ''
  for (const piece of pieces) {
    if (isStop(piece) || lengthOf(side) >= contextLength) break
    side = direction < 0 ? textOfPiece(piece) + side : side + textOfPiece(piece)
  }
  let characters = [...side.normalize('NFKC').replace(/\s+/gu, ' ')]
  while (lengthOf(characters.join('')) > contextLength)
    characters = direction < 0 ? characters.slice(1) : characters.slice(0, -1)
  return characters.join('')
}

function isStop({ kind }: Piece): boolean {
  return kind !== 'text' && kind !== 'value' && kind !== 'open' && kind !== 'close'
}

/** Gives what a piece says in its line; nothing of what is found as one block. */
function textOfPiece(piece: Piece): string {
  return piece.kind === 'text' || piece.kind === 'value' ? piece.text : ''
}

function lengthOf(text: string): number {
  return fold(text).length
}

/** Writes a context as a message shows it. */
function shownText(text: string): string {
  return foldMarked(text)
    .replace(/[\uE000\uE001]+/g, ' … ')
    .replace(/[\uE003]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}
