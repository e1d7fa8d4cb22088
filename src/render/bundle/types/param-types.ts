import type { Json } from '../../model/types.ts'

/**
 * Writes the type of `params` over all profiles: a string is one of the profiles' strings, any number is a number.
 *
 * @param profiles profile -> name -> value
 */
export function paramsType(profiles: Readonly<Record<string, { readonly [name: string]: Json }>>): string {
  return typeOf(Object.values(profiles))
}

// The union of the types of some values; members of objects and elements of arrays are united one by one.
function typeOf(values: readonly Json[]): string {
  const lists = values.filter((value): value is Json[] => Array.isArray(value))
  const records = values.filter(
    (value): value is { [name: string]: Json } =>
      typeof value === 'object' && value !== null && !Array.isArray(value),
  )
  const types = [
    ...new Set(
      values.filter((value) => typeof value !== 'object' || value === null).map((value) => plainType(value)),
    ),
    ...(lists.length > 0 ? [`(${typeOf(lists.flat())})[]`] : []),
    ...(records.length > 0 ? [recordType(records)] : []),
  ]
  return types.join(' | ') || 'never'
}

function plainType(value: Json): string {
  if (typeof value === 'string') return JSON.stringify(value)
  return value === null ? 'null' : typeof value
}

function recordType(records: readonly { readonly [name: string]: Json }[]): string {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))]
  const members = names.map((name) => {
    const values = records.filter((record) => Object.hasOwn(record, name)).map((record) => record[name]!)
    return `${JSON.stringify(name)}: ${typeOf(values)}`
  })
  return `{ ${members.join('; ')} }`
}
