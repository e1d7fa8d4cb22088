import { withKind } from './error-kind.ts'

/** How a date stands in JSON, by its only member; its text sorts as dates do. */
const DATE = '$date'

/**
 * Gives a copy of a value in which each date is `{ "$date": "2012-01-31T00:00:00.000Z" }`, so that JSON can hold it; the
 * value itself if it has none. Throws, naming the path, if something else has a member of that name.
 */
export function datesToJson(value: unknown, path: string, above: readonly unknown[] = []): unknown {
  if (typeof value !== 'object' || value === null || above.includes(value)) return value
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? value : { [DATE]: value.toISOString() }
  const below = [...above, value]
  if (Array.isArray(value)) {
    const at = value.findIndex((item) => typeof item === 'object' && item !== null)
    if (at < 0) return value
    const items = value.map((item, index) => datesToJson(item, `${path}[${index}]`, below))
    return items.some((item, index) => item !== value[index]) ? items : value
  }
  if (Object.hasOwn(value, DATE))
    throw withKind(new Error(`${path}: expected no member ${DATE}, which marks a date in JSON`), 'not-json')
  const members = Object.entries(value).map(
    ([name, member]) => [name, datesToJson(member, `${path}.${name}`, below)] as const,
  )
  const isSame = members.every(([name, member]) =>
    Object.is(member, (value as Record<string, unknown>)[name]),
  )
  return isSame ? value : { ...value, ...Object.fromEntries(members) }
}

/** Parses JSON in which dates stand as `datesToJson` writes them. */
export function parseWithDates(text: string): unknown {
  // To look at every member takes long, and few texts have a date.
  if (!text.includes(`"${DATE}":"`)) return JSON.parse(text)
  return JSON.parse(text, (_, value: unknown) => (isDateJson(value) ? new Date(value[DATE]) : value))
}

function isDateJson(value: unknown): value is { readonly [DATE]: string } {
  return (
    typeof value === 'object' && value !== null && typeof (value as { [DATE]?: unknown })[DATE] === 'string'
  )
}
