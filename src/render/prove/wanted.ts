import { contextOf, shownText, textOf } from './contexts.ts'
import { rowTemplates } from './find-grid.ts'
import type { Grid, Piece, Spot } from './piece.ts'
import { type Template, templateOf } from './template.ts'

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
  /** Of a value, its number among the expressions. */
  readonly number?: number
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
      const { text, number, spot } = piece
      return [{ ...inContext('value', text, spot, contextOf(pieces, index, index + 1)), number }]
    }
    case 'open': {
      const end = pieces.findIndex((other, at) => at > index && other.kind === 'close')
      const text = pieces.slice(index, end).map(textOf).join('')
      return [inContext('claim', text, piece.spot, contextOf(pieces, index, end + 1))]
    }
    case 'whole':
      return wholeWanted(piece)
    case 'grid': {
      const { grid, spot } = piece
      return [{ kind: 'table', text: grid.name, shown: grid.name, spot, templates: rowTemplates(grid), grid }]
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
  return { kind, text: shownText(text), shown, spot, templates: [templateOf({ before, text, after })] }
}

// It is a block of its own: lines begin and end with it.
function wholeWanted({ what, text: whole, output, spot }: Extract<Piece, { kind: 'whole' }>): Found[] {
  const parts = chunks(whole)
  return parts.map((part, index) => {
    const [isFirst, isLast] = [index === 0, index === parts.length - 1]
    const isLine = isFirst === isLast ? isFirst : isFirst ? 'begun' : 'ended'
    const text = shownText(part)
    const templates = [templateOf({ text: part, isLine })]
    return {
      kind: what,
      text,
      shown: text,
      spot,
      templates,
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
