/**
 * The spread of one number over several seeds. It is recognised by its shape: the renderer never imports an
 * experiment.
 */
export interface Spread {
  readonly mean: number
  /** Sample standard deviation, 0 for one seed. */
  readonly std: number
  readonly n: number
  readonly min: number
  readonly max: number
}

const MEMBERS = ['mean', 'std', 'n', 'min', 'max'] as const

/** Checks whether a value is a Spread of finite numbers, by its shape. */
export function isSpread(value: unknown): value is Spread {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== MEMBERS.length)
    return false
  const members = value as Record<string, unknown>
  return MEMBERS.every((member) => typeof members[member] === 'number' && Number.isFinite(members[member]))
}

/** Checks whether the runs of a Spread differ: if all seeds gave the same number, it is printed as a plain number. */
export function varies({ n, min, max }: Spread): boolean {
  return n > 1 && min !== max
}
