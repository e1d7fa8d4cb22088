/**
 * Gives the value of one unit of a number's last printed digit: 0.001 for 0.9652 printed as `96.5 %`. The text shows
 * the power of ten between both; if one of them is zero, a percent sign or `points` decides. A duration in two units,
 * such as `1 min 5 s`, is rounded to the second unit.
 */
export function printedUnit(raw: number, text: string): number {
  const parts = /^[-\u2212]?[\d,]+\s(h|min)(?:\s\d+\s(?:min|s))?$/.exec(text)
  if (parts) return parts[1] === 'h' ? 60 : 1
  const [token = ''] = numbersIn(text)
  const decimals = token.split('.')[1]?.length ?? 0
  const shown = numberOf(token)
  const isTelling = raw !== 0 && shown !== 0
  const shift = isTelling ? Math.round(Math.log10(Math.abs(shown / raw))) : /%|\bpoints\b/.test(text) ? 2 : 0
  return 10 ** -(decimals + shift)
}

/** Lists the numbers in a text as written: `−1,234.5`. */
export function numbersIn(text: string): string[] {
  return text.match(/[-\u2212]?\d[\d,]*(?:\.\d+)?/g) ?? []
}

/** Parses a number that Weft printed: commas between thousands, a minus sign or a hyphen. */
export function numberOf(token: string): number {
  return Number(token.replaceAll(',', '').replace('\u2212', '-'))
}

/** Gives a text without its numbers, but with powers of ten: this part must stay the same whatever the numbers are. */
export function wordsAround(text: string): string {
  return text.replace(/[-\u2212]?\d[\d,]*(?:\.\d+)?/g, '#')
}
