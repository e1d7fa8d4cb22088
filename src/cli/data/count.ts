/** Writes a whole number with its thousands apart: `200,000`. */
export function count(number: number): string {
  return number.toLocaleString('en-US')
}
