/**
 * Gives what one unit of the last printed digit of a number is worth in the number itself: 0.001 for 0.9652 printed
 * as `96.5 %`. The power of ten between both is found from the text; where one is zero, a percent sign or `points` tells it. A
 * duration in two units, such as `1 min 5 s`, is rounded to its second one.
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

/** Lists the numbers that a text shows, as they are written: `−1,234.5`. */
export function numbersIn(text: string): string[] {
  return text.match(/[-\u2212]?\d[\d,]*(?:\.\d+)?/g) ?? []
}

/** Reads a number as Weft prints it: commas between thousands, a minus sign or a hyphen. */
export function numberOf(token: string): number {
  return Number(token.replaceAll(',', '').replace('\u2212', '-'))
}

/** Gives a text without its numbers, but with powers of ten: what must stay whatever they come to. */
export function wordsAround(text: string): string {
  return text.replace(/[-\u2212]?\d[\d,]*(?:\.\d+)?/g, '#')
}
