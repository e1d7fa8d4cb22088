import { numberOf, numbersIn } from './judge-printed.ts'
import type { Shown, ShownCell } from './judgement.ts'

/** The parts of a value or claim that changed with other measurements. */
export interface Moved {
  /** Paths whose values changed, or that were not read in every run. */
  readonly reads: ReadonlySet<string>
  /** Whether the measurements decided which paths were read. */
  readonly isSteered: boolean
  /** Indices in its printed numbers, see {@link piecesOf}; `all` if their count changed. */
  readonly pieces: ReadonlySet<number> | 'all'
  /** Whether its text changed apart from these numbers; for a claim, whether its truth changed. */
  readonly isText: boolean
}

/** Nothing changed. */
export const still: Moved = { reads: new Set(), isSteered: false, pieces: new Set(), isText: false }

/** Compares a value or claim with its results in runs with other measurements. */
export function movedOf(here: Shown, others: readonly Shown[]): Moved {
  const paths = [...new Set([here, ...others].flatMap(({ read }) => Object.keys(read)))]
  const reads = paths.filter((path) => others.some(({ read }) => !isSame(read[path], here.read[path])))
  const own = piecesOf(here)
  const pieces = others.map(piecesOf)
  const isRecounted = pieces.some(({ length }) => length !== own.length)
  const places = own.flatMap((piece, at) => (pieces.some((list) => !isSame(list[at], piece)) ? [at] : []))
  const moved = isRecounted ? 'all' : new Set(places)
  const text = textWithout(here, moved)
  return {
    reads: new Set(reads),
    isSteered: paths.some((path) => [here, ...others].some(({ read }) => !Object.hasOwn(read, path))),
    pieces: moved,
    isText: others.some((other) => textWithout(other, moved) !== text),
  }
}

/** The parts of a value or claim that did not change. */
export interface Kept {
  readonly read: Shown['read']
  readonly pieces: readonly ShownCell[]
  /** Text with `#` for each changed number; empty if the text itself changed. */
  readonly text: string
}

/** Removes from two results of a value or claim the parts that changed with other measurements. */
export function keptOf(both: readonly [Shown, Shown], moved: Moved): [Kept, Kept] {
  const [keptA, keptB] = both.map((one, index): Kept => {
    const other = both[1 - index]!
    const isKept = (path: string) =>
      !hasRead(moved, path) && (!moved.isSteered || Object.hasOwn(other.read, path))
    return {
      read: Object.fromEntries(Object.entries(one.read).filter(([path]) => isKept(path))),
      pieces: piecesOf(one).filter((_, at) => !hasPiece(moved, at)),
      text: moved.isText ? '' : textWithout(one, moved.pieces),
    }
  })
  return [keptA!, keptB!]
}

/** Checks whether anything changed. */
export function isAnyMoved({ reads, pieces, isText }: Moved): boolean {
  return isText || reads.size > 0 || pieces === 'all' || pieces.size > 0
}

/** Lists the printed numbers of a value or claim: those from formatters, or else the numbers in its text. */
export function piecesOf({ printed, text }: Pick<Shown, 'printed' | 'text'>): ShownCell[] {
  if (printed.length > 0) return printed
  return numbersIn(text).map((token) => ({ raw: numberOf(token), text: token }))
}

// A Spread counts as one number: if its mean is measured, so are its other members.
function hasRead({ reads }: Moved, path: string): boolean {
  return reads.has(path) || reads.has(path.replace(/\.(std|n|min|max)$/, '.mean'))
}

function hasPiece({ pieces }: Pick<Moved, 'pieces'>, at: number): boolean {
  return pieces === 'all' || pieces.has(at)
}

function textWithout(shown: Shown, pieces: Moved['pieces']): string {
  let [done, rest] = ['', shown.text]
  for (const [at, piece] of piecesOf(shown).entries()) {
    const start = rest.indexOf(piece.text)
    if (start < 0) continue
    const end = start + piece.text.length
    done += rest.slice(0, start) + (hasPiece({ pieces }, at) ? '#' : piece.text)
    rest = rest.slice(end)
  }
  return done + rest
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
