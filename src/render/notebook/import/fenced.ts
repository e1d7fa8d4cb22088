/** Writes code between marks that it does not hold itself: tildes where the info string has back-ticks. */
export function fenced(code: string, info: string): string {
  const [mark, run] = info.includes('`') ? ['~', /~+/g] : ['`', /`+/g]
  const longest = Math.max(2, ...(code.match(run) ?? []).map(({ length }) => length))
  const marks = mark.repeat(longest + 1)
  return `${marks}${info}\n${code.trim()}\n${marks}`
}
