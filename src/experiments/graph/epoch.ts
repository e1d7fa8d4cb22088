import { seededRandom } from '../data/random.ts'

/** Steps of one batch size that follow one another in an epoch. */
interface Piece {
  readonly first: number
  readonly batchSize: number
  readonly steps: number
}

// A fraction of a second of arithmetic: so long a stop or a message may wait.
const rowsOfPiece = 16_384

/** Cuts an epoch into pieces: full batches, and at its end the smaller one that is left. */
export function epochPieces(rows: number, batchSize: number): Piece[] {
  const full = Math.floor(rows / batchSize)
  const most = Math.max(1, Math.floor(rowsOfPiece / batchSize))
  const pieces: Piece[] = []
  for (let step = 0; step < full; step += most)
    pieces.push({ first: step * batchSize, batchSize, steps: Math.min(most, full - step) })
  const rest = rows - full * batchSize
  return rest === 0 ? pieces : [...pieces, { first: full * batchSize, batchSize: rest, steps: 1 }]
}

// Apart from the streams that draw weights by the same seed.
const shuffleStream = 2 ** 32

/** Gives the rows in the order of one epoch (Fisher and Yates), by seed and epoch. */
export function shuffledRows(rows: number, seed: number, epoch: number): Int32Array {
  const random = seededRandom(seed, shuffleStream + epoch)
  const order = Int32Array.from({ length: rows }, (_, row) => row)
  for (let last = rows - 1; last > 0; last--) {
    const other = random.below(last + 1)
    const row = order[last]!
    order[last] = order[other]!
    order[other] = row
  }
  return order
}
