import type { Json } from './types.ts'

/** A place where two JSON values differ, with both values; undefined for a value that is absent. */
export interface JsonDifference {
  /** `exports.loss[3]`; empty for the whole value. */
  readonly path: string
  readonly before: Json | undefined
  readonly now: Json | undefined
}

/** Finds the first place where two JSON values differ; the order of members counts. */
export function firstDifference(
  before: Json | undefined,
  now: Json | undefined,
  path = '',
): JsonDifference | undefined {
  if (!isNested(before) || !isNested(now) || Array.isArray(before) !== Array.isArray(now))
    return Object.is(before, now) ? undefined : { path, before, now }
  const names = Object.keys(before)
  const others = Object.keys(now).filter((name) => !Object.hasOwn(before, name))
  for (const name of [...names, ...others]) {
    const [one, other] = [before, now].map((value) =>
      Object.hasOwn(value, name) ? (value as Readonly<Record<string, Json>>)[name] : undefined,
    )
    const found = firstDifference(one, other, pathOf(path, name, Array.isArray(before)))
    if (found) return found
  }
  const isInOrder = Object.keys(now).every((name, index) => name === names[index])
  return isInOrder
    ? undefined
    : { path: `order of ${path || 'members'}`, before: names, now: Object.keys(now) }
}

// Names may be paths themselves, as in what an expression read; they stay unchanged.
function pathOf(path: string, name: string, isElement: boolean): string {
  if (isElement) return `${path}[${name}]`
  return path ? `${path}.${name}` : name
}

function isNested(value: Json | undefined): value is Exclude<Json, string | number | boolean | null> {
  return typeof value === 'object' && value !== null
}
