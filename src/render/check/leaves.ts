import type { Json, StoredResult } from '../model/types.ts'

/** Lists the numbers, texts and booleans in JSON by path, such as `.data.values[2].loss`; also empty containers. */
export function leavesOf(value: Json, path = ''): Map<string, Json> {
  if (typeof value !== 'object' || value === null) return new Map([[path, value]])
  const members = Array.isArray(value)
    ? value.map((item, index) => leavesOf(item, `${path}[${index}]`))
    : Object.entries(value).map(([name, item]) => leavesOf(item, `${path}${memberOf(name)}`))
  if (members.length === 0) return new Map([[path, Array.isArray(value) ? '[]' : '{}']])
  return new Map(members.flatMap((leaves) => [...leaves]))
}

/** Lists the paths where two lists of leaves differ, in the order of the first list. */
export function differingPaths(a: ReadonlyMap<string, Json>, b: ReadonlyMap<string, Json>): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter((path) => !Object.is(a.get(path), b.get(path)))
}

/** Lists the leaves of a cell's outputs and exports. */
export function contentLeaves({
  shown,
  exports,
}: Pick<StoredResult, 'shown' | 'exports'>): Map<string, Json> {
  return leavesOf({ shown, exports } as unknown as Json)
}

function memberOf(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`
}
