import type { Json } from '../../model/types.ts'

/** What a job's params come to, by path: members of objects apart, arrays whole. */
export function paramsOf(params: Json): ReadonlyMap<string, Json> {
  const leaves = new Map<string, Json>()
  gather(params, '', leaves, 0)
  return leaves
}

const deepest = 3

function gather(value: Json, path: string, leaves: Map<string, Json>, depth: number): void {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value)
  const members = isRecord ? Object.entries(value as Record<string, Json>) : []
  if (members.length === 0 || depth === deepest) {
    if (path !== '' || !isRecord) leaves.set(path || 'params', value)
    return
  }
  for (const [name, member] of members)
    gather(member, path === '' ? name : `${path}.${name}`, leaves, depth + 1)
}
