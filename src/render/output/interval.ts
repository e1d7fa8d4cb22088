/** A mean difference with the ends of its 95 % confidence interval, null if single seeds allow none. */
export interface Interval {
  readonly mean: number
  readonly low: number | null
  readonly high: number | null
}

/** What `compareSeeds` gives. It is known by its shape, since this half of src never imports an experiment. */
export interface Comparison {
  readonly difference: { readonly mean: number }
  readonly low: number | null
  readonly high: number | null
  readonly wins: number
  readonly losses: number
  readonly ties: number
  readonly n: number
}

const ofComparison = ['difference', 'low', 'high', 'wins', 'losses', 'ties', 'n']
const ofInterval = ['mean', 'low', 'high']

/** Says whether a value is what `compareSeeds` gives. */
export function isComparison(value: unknown): value is Comparison {
  return hasMembers(value, ofComparison)
}

/** Gives the interval that a difference or a comparison has; undefined for anything else. */
export function intervalOf(value: unknown): Interval | undefined {
  if (isComparison(value)) return { mean: value.difference.mean, low: value.low, high: value.high }
  return hasMembers(value, ofInterval) ? (value as Interval) : undefined
}

function hasMembers(value: unknown, members: readonly string[]): boolean {
  if (typeof value !== 'object' || value === null) return false
  const keys = Object.keys(value)
  return keys.length === members.length && members.every((member) => keys.includes(member))
}
