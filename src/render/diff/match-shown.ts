import type { Shown } from '../check/judgement.ts'
import { matchAccepted } from '../model/lock.ts'

/** A value or claim of two versions, or of one of them. */
export interface ShownPair {
  readonly before?: Shown
  readonly after?: Shown
  /** How it was found, if not by its id: its cell or section has another name, or it has another expression or place. */
  readonly found?: 'renamed' | 'rewritten' | 'moved'
}

/** Gives the words by which a value or claim is found again, with numbers as `#`. */
export type WordsOf = (shown: Shown) => string | undefined

/** Fewest characters of such words: fewer are in many sentences. */
export const fewestCharacters = 12

/**
 * Matches the values and claims of two versions: by id; by file, kind and expression, if a heading or label has changed;
 * by the words of their sentence, if the expression has changed; by kind and expression, if they moved to another
 * chapter. Gives those of the newer version in their order, then those that are gone.
 */
export function matchShown(
  before: readonly Shown[],
  after: readonly Shown[],
  words: { readonly before: WordsOf; readonly after: WordsOf },
): ShownPair[] {
  const ids = new Set(before.map(({ id }) => id))
  const first = matchAccepted(after, before)
  const pairs = new Map<Shown, ShownPair>(
    [...first].map(([now, was]) => {
      const isById = now.id !== undefined && now.id === was.id
      const isRenamed = !isById && was.id !== undefined && !ids.has(now.id)
      return [now, { before: was, after: now, ...(isRenamed ? { found: 'renamed' as const } : {}) }]
    }),
  )
  const ways = [
    {
      found: 'rewritten',
      keyOf: (one: Shown, side: 'before' | 'after') => {
        const sentence = words[side](one)
        return sentence && sentence.length >= fewestCharacters
          ? JSON.stringify([one.file, one.kind, sentence])
          : undefined
      },
    },
    { found: 'moved', keyOf: ({ kind, source }: Shown) => JSON.stringify([kind, source]) },
  ] as const
  for (const { found, keyOf } of ways) {
    const taken = new Set([...pairs.values()].map((pair) => pair.before))
    const left = new Map<string, Shown[]>()
    for (const was of before.filter((one) => !taken.has(one))) {
      const key = keyOf(was, 'before')
      if (key !== undefined) left.set(key, [...(left.get(key) ?? []), was])
    }
    for (const now of after.filter((one) => !pairs.has(one))) {
      const key = keyOf(now, 'after')
      const was = key === undefined ? undefined : left.get(key)?.shift()
      if (was) pairs.set(now, { before: was, after: now, found })
    }
  }
  const matched = new Set([...pairs.values()].map((pair) => pair.before))
  return [
    ...after.map((now) => pairs.get(now) ?? { after: now }),
    ...before.filter((one) => !matched.has(one)).map((was) => ({ before: was })),
  ]
}
