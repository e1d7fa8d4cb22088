/** Two classes that the network confuses. */
interface Confused {
  readonly first: string
  readonly second: string
  /** Number of mistakes in both directions together, then in each direction. */
  readonly count: number
  readonly firstAsSecond: number
  readonly secondAsFirst: number
}

/** Gives the pairs of classes that the network confuses most, the worst pair first. */
export function mostConfused(
  confusion: readonly (readonly number[])[],
  classes: readonly string[],
  most: number,
): Confused[] {
  const pairs = classes.flatMap((first, one) =>
    classes.slice(one + 1).map((second, offset) => {
      const other = one + 1 + offset
      const [there, back] = [confusion[one]![other]!, confusion[other]![one]!]
      return { first, second, count: there + back, firstAsSecond: there, secondAsFirst: back }
    }),
  )
  return pairs.sort((a, b) => b.count - a.count).slice(0, most)
}
