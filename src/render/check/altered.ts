import { digestOf } from '../model/digest.ts'
import type { LockedProfile } from '../model/lock.ts'
import type { Shown, ShownCell } from './judgement.ts'
import type { Numbers } from './numbers.ts'
import { acceptedOf } from './numbers.ts'

/** The differences between the accepted results and the lock. */
export interface Altered {
  /** Id of a value or claim -> what the accepted results show. */
  readonly shown: ReadonlyMap<
    string,
    { readonly verdict: 'altered'; readonly rule: string; readonly shown: Shown }
  >
  /** Id of a table -> place -> what the accepted results show. */
  readonly places: ReadonlyMap<string, ReadonlyMap<string, AlteredCell>>
  /** Id of a figure -> how it differs. */
  readonly drawings: ReadonlyMap<string, string>
}

interface AlteredCell {
  readonly verdict: 'altered'
  readonly rule: string
  readonly cell: ShownCell
}

/** No differences. */
export const unaltered: Altered = { shown: new Map(), places: new Map(), drawings: new Map() }

/** How to compare the numbers of accepted results with the lock. */
interface Holding {
  /** Text of the rule. */
  readonly rule: string
  isShownEqual(id: string, accepted: Shown, found: Shown): boolean
  isCellEqual(id: string, accepted: ShownCell, found: ShownCell): boolean
  /** Whether a figure can be compared with its digest. */
  isDrawingHeld(id: string): boolean
}

/** The lock and the results accepted with it must show exactly the same. */
export const exactly: Holding = {
  rule: 'the accepted results show this, the lock does not',
  isShownEqual: (_, { id, ...accepted }, found) => JSON.stringify(accepted) === JSON.stringify(found),
  isCellEqual: (_, accepted, found) => JSON.stringify(accepted) === JSON.stringify(found),
  isDrawingHeld: () => true,
}

/** Compares numbers of accepted results with the lock; ignores numbers that the results lack. */
export function alteredIn(locked: LockedProfile, found: Numbers, holding: Holding): Altered {
  const { rule } = holding
  const shown = [...acceptedOf(found, locked)].flatMap(([id, accepted]) => {
    const other = found.shown.get(id)?.shown
    if (!other || holding.isShownEqual(id, accepted, other)) return []
    return [[id, { verdict: 'altered', rule, shown: other }] as const]
  })
  const places = Object.entries(locked.tables).flatMap(([id, table]) => {
    const cells = Object.entries(table).flatMap(([place, accepted]) => {
      const cell = found.tables[id]?.[place]
      if (!cell || holding.isCellEqual(id, accepted, cell)) return []
      return [[place, { verdict: 'altered', rule, cell }] as const]
    })
    return cells.length > 0 ? [[id, new Map(cells)] as const] : []
  })
  const drawings = Object.entries(locked.drawings).flatMap(([id, digest]) => {
    const spec = found.figures.get(id)
    return spec && holding.isDrawingHeld(id) && digestOf(spec) !== digest ? [[id, rule] as const] : []
  })
  return { shown: new Map(shown), places: new Map(places), drawings: new Map(drawings) }
}

/** Joins two lists; for a number in both, the first list counts. */
export function bothAltered(first: Altered, second: Altered): Altered {
  return {
    shown: new Map([...second.shown, ...first.shown]),
    places: new Map([...second.places, ...first.places]),
    drawings: new Map([...second.drawings, ...first.drawings]),
  }
}
