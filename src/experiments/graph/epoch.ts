import { seededRandom } from '../../statistics/random.ts'

/** Consecutive steps of an epoch with one batch size. */
interface Piece {
  readonly first: number
  readonly batchSize: number
  readonly steps: number
}

// A fraction of a second of arithmetic, which is how long an abort or a message may have to wait.
const rowsOfPiece = 16_384

/** Splits an epoch into pieces of full batches, and a last, smaller batch if rows are left. */
export function epochPieces(rows: number, batchSize: number): Piece[] {
  const full = Math.floor(rows / batchSize)
  const most = Math.max(1, Math.floor(rowsOfPiece / batchSize))
  const pieces: Piece[] = []
  for (let step = 0; step < full; step += most)
    pieces.push({ first: step * batchSize, batchSize, steps: Math.min(most, full - step) })
  const rest = rows - full * batchSize
  return rest === 0 ? pieces : [...pieces, { first: full * batchSize, batchSize: rest, steps: 1 }]
}

// Separate from the streams that draw weights with the same seed.
const shuffleStream = 2 ** 32

/** Gives the order of the rows in one epoch (Fisher-Yates shuffle), determined by seed and epoch. */
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
