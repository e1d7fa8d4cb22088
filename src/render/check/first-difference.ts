import type { Json } from '../types.ts'
import { differingPaths, leavesOf } from './leaves.ts'

/** Gives the first place at which two JSON values differ, as `path value` of each; undefined where they are equal. */
export function firstDifference(a: Json, b: Json, path: string): [string, string] | undefined {
  const leaves = [leavesOf(a, path), leavesOf(b, path)] as const
  const [place] = differingPaths(...leaves)
  if (place === undefined) return undefined
  const name = place.replace(/^\["(.*?)"\]/, '$1').replace(/^\./, '')
  return leaves.map((list) => `${name} ${JSON.stringify(list.get(place) ?? null)}`) as [string, string]
}
