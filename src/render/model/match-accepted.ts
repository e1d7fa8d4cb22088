import type { LockedProfile } from './lock.ts'

type Accepted = LockedProfile['shown'][number]
type Named = Pick<Accepted, 'id' | 'file' | 'kind' | 'source'>

/**
 * Matches values and claims with the accepted ones: by id, else by file, kind and source, in order. The second way
 * finds those in a renamed section or cell, and all those of a profile accepted before locks held ids.
 */
export function matchAccepted<Some extends Named>(
  here: readonly Some[],
  accepted: readonly Accepted[],
): ReadonlyMap<Some, Accepted> {
  const found = new Map<Some, Accepted>()
  for (const keyOf of [withId, withoutId]) {
    const taken = new Set(found.values())
    const left = new Map<string, Accepted[]>()
    for (const one of accepted.filter((each) => !taken.has(each))) {
      const alike = left.get(keyOf(one))
      if (alike) alike.push(one)
      else left.set(keyOf(one), [one])
    }
    for (const one of here.filter((each) => !found.has(each))) {
      const next = left.get(keyOf(one))?.shift()
      if (next) found.set(one, next)
    }
  }
  return found
}

// The key includes more than the id: in an edited lock, an id may belong to another expression.
function withId({ id, ...rest }: Named): string {
  return `${id} ${withoutId(rest)}`
}

function withoutId({ file, kind, source }: Omit<Named, 'id'>): string {
  return JSON.stringify([file, kind, source])
}
