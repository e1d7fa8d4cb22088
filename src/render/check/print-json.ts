import type { Outcome, Place } from './outcome.ts'
import { placeText } from './outcome.ts'

/** Writes an outcome as JSON: its members as they are (see `Outcome`), each place as `file:line:column`. */
export function printJson(outcome: Outcome): string {
  const withPlace = <Item extends { readonly place: Place }>(item: Item) => ({
    ...item,
    place: placeText(item.place),
  })
  const rows = outcome.rows.map((row) => ({
    ...withPlace(row),
    ...(row.restOnIt && { restOnIt: row.restOnIt.map(withPlace) }),
  }))
  return `${JSON.stringify({ ...outcome, rows, errors: outcome.errors.map(withPlace) }, null, 1)}\n`
}
