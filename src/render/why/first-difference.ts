import type { Json } from '../types.ts'

/** Says where two JSON values first differ: `.test.accuracy: 0.91 -> 0.92`; undefined where they are equal. */
export function firstDifference(before: Json, after: Json, path = ''): string | undefined {
  if (JSON.stringify(before) === JSON.stringify(after)) return undefined
  if (!isNested(before) || !isNested(after) || Array.isArray(before) !== Array.isArray(after))
    return `${path === '' ? '' : `${path}: `}${short(before)} -> ${short(after)}`
  if (Array.isArray(before) && before.length !== (after as readonly Json[]).length)
    return `${path === '' ? '' : `${path}: `}${before.length} elements -> ${(after as readonly Json[]).length}`
  const [old, now] = [before, after] as { readonly [key: string]: Json }[]
  for (const key of new Set([...Object.keys(old!), ...Object.keys(now!)])) {
    const inner = `${path}${Array.isArray(before) ? `[${key}]` : `.${key}`}`
    if (!Object.hasOwn(old!, key)) return `${inner}: new`
    if (!Object.hasOwn(now!, key)) return `${inner}: gone`
    const difference = firstDifference(old![key]!, now![key]!, inner)
    if (difference !== undefined) return difference
  }
  return 'another order of members'
}

function isNested(value: Json): value is Exclude<Json, string | number | boolean | null> {
  return typeof value === 'object' && value !== null
}

function short(value: Json): string {
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}
