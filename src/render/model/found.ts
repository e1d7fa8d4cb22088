/** Describes a value in a few words, for the end of `expected …, found …`. */
export function found(value: unknown): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'function') return value.name === '' ? 'a function' : `a function ${value.name}`
  if (typeof value === 'bigint') return `a bigint ${value}n`
  if (typeof value === 'symbol') return `a symbol ${value.description ?? ''}`.trimEnd()
  if (Object.is(value, -0)) return '0'
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : `an array of ${value.length}`
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'an invalid Date' : 'a Date'
  const name = Object.getPrototypeOf(value)?.constructor?.name as string | undefined
  if (name !== undefined && name !== 'Object') return `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}`
  return `an object {${listed(Object.keys(value))}}`
}

/** Joins names for a message, and adds how many more there are beyond the limit. */
export function listed(names: readonly string[], limit = 8): string {
  const rest = names.length - limit
  return names.slice(0, limit).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text)
}
