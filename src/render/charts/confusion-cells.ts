import { found } from '../model/found.ts'
import { isSpread } from '../model/spread.ts'
import { blended, inkOn } from './colour.ts'
import { numberLabels } from './number-label.ts'

const RIGHT = ['#ffffff', '#4f9bd0', '#084c86'] as const
const WRONG = ['#ffffff', '#f59a4c', '#a63a03'] as const

/** One cell of a confusion matrix. */
interface ConfusionCell {
  readonly truth: string
  readonly predicted: string
  /** Empty for none. */
  readonly text: string
  readonly fill: string
  readonly ink: string
}

/** Gives the cells of a confusion matrix, row by row. Throws unless it is a square of counts, one row a class. */
export function confusionCells(counts: unknown, classes: readonly string[]): ConfusionCell[] {
  const rows = listOf(counts, 'counts', classes.length).map((row, index) =>
    listOf(row, `counts[${index}]`, classes.length).map((count, column) =>
      meanOf(count, `counts[${index}][${column}]`),
    ),
  )
  return rows.flatMap((row, truth) => {
    const total = row.reduce((sum, count) => sum + count, 0)
    return row.map((count, predicted) => {
      const share = total === 0 ? 0 : count / total
      const fill = blended(truth === predicted ? RIGHT : WRONG, Math.sqrt(share))
      return {
        truth: classes[truth]!,
        predicted: classes[predicted]!,
        text: printed(count),
        fill,
        ink: inkOn(fill),
      }
    })
  })
}

// A mean that rounds to nothing is not nothing.
function printed(count: number): string {
  if (count === 0) return ''
  return count < 0.5 ? '< 1' : numberLabels([Math.round(count)], { size: 1, suffix: '' })[0]!
}

function listOf(value: unknown, path: string, length: number): readonly unknown[] {
  if (!Array.isArray(value))
    throw new Error(`confusionMatrix: expected an array at ${path}, found ${found(value)}`)
  if (value.length === length) return value
  throw new Error(`confusionMatrix: expected ${length} classes at ${path}, found ${value.length}`)
}

function meanOf(count: unknown, path: string): number {
  const mean = isSpread(count) ? count.mean : count
  if (typeof mean === 'number' && Number.isFinite(mean) && mean >= 0) return mean
  throw new Error(`confusionMatrix: expected a count or a Spread from 0 up at ${path}, found ${found(mean)}`)
}
