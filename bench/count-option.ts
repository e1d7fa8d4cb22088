/** Reads the value of an option as a count. */
export function readCount(name: string, text: string): number {
  const count = Number(text)
  if (Number.isInteger(count) && count > 0) return count
  throw new Error(`Unexpected ${name} ${text}, expected a whole number above 0`)
}
