import type { Spread } from '../../statistics/spread.ts'
import { isSpread, varies } from '../../statistics/spread.ts'
import { ownFormatter } from '../model/formatter.ts'
import { found } from '../model/found.ts'
import { decimal, NO_BREAK_SPACE } from './decimal.ts'
import type { Comparison, Interval } from './interval.ts'
import { intervalOf } from './interval.ts'

/** A number or a Spread, and its text. */
interface Piece {
  readonly raw: number | Spread
  readonly text: string
}

/**
 * Prints a difference of shares in percentage points: `1.3 points`, a Spread as `1.3 ± 0.2 points`, the result of
 * `compareSeeds` or `difference` as `1.3 points (95 % CI 0.8 to 1.8)`, without an interval only its mean.
 */
export function percentPoints(x: number | Spread | Interval | Comparison, digits = 1): string {
  const [first, low, high] = pointPieces(x, digits)
  if (!low || !high) return first.text
  return `${first.text} (95${NO_BREAK_SPACE}% CI ${low.text} to${NO_BREAK_SPACE}${high.text})`
}

/** Gives each number that `percentPoints` prints: one, or a mean and the ends of its interval. */
export function pointPieces(x: unknown, digits = 1): readonly [Piece, Piece?, Piece?] {
  if (!Number.isInteger(digits) || digits < 0 || digits > 20)
    throw new Error(`percentPoints expected digits from 0 to 20, found ${found(digits)}`)
  const { numbers } = ownFormatter()
  const print = (share: number) => numbers(decimal(share, digits, 2))
  const named = (text: string) => `${text}${NO_BREAK_SPACE}points`
  if (typeof x === 'number' && Number.isFinite(x)) return [{ raw: x, text: named(print(x)) }]
  if (isSpread(x)) {
    const deviation = varies(x) ? `${NO_BREAK_SPACE}±${NO_BREAK_SPACE}${print(x.std)}` : ''
    return [{ raw: { ...x }, text: named(print(x.mean) + deviation) }]
  }
  const interval = intervalOf(x)
  if (!interval)
    throw new Error(`percentPoints expected a number, a Spread or a difference, found ${found(x)}`)
  const { mean, low, high } = interval
  const first = { raw: mean, text: named(print(mean)) }
  if (low === null || high === null) return [first]
  return [first, { raw: low, text: print(low) }, { raw: high, text: print(high) }]
}
