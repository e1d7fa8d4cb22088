import { isSpread } from './spread.ts'
import type { Json } from './types.ts'

/** Joins what was read of one Spread, where all of it was, under the Spread's own path; leaves the rest as it is. */
export function collapseSpreads(read: Readonly<Record<string, Json>>): [path: string, value: Json][] {
  const spreads = new Map<string, Record<string, Json>>()
  for (const [path, value] of Object.entries(read)) {
    const [, parent, member] = /^(.*)\.(mean|std|n|min|max)$/.exec(path) ?? []
    if (parent !== undefined) spreads.set(parent, { ...spreads.get(parent), [member!]: value })
  }
  const joined = Object.entries(read).map(([path, value]): [string, Json] => {
    const parent = path.replace(/\.\w+$/, '')
    const spread = parent === path ? undefined : spreads.get(parent)
    return isSpread(spread) ? [parent, { ...spread }] : [path, value]
  })
  return [...new Map(joined)]
}
