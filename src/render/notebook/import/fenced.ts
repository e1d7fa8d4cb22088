/** Writes code between marks that it does not hold itself. */
export function fenced(code: string, info: string): string {
  const longest = Math.max(2, ...(code.match(/`+/g) ?? []).map(({ length }) => length))
  const marks = '`'.repeat(longest + 1)
  return `${marks}${info}\n${code.trim()}\n${marks}`
}
