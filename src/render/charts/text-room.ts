/**
 * Advance widths of Source Sans 3 semibold from the space to `~`, in thousandths of an em: no character of the
 * regular weight is noticeably wider.
 */
const ADVANCES = [
  200, 315, 482, 513, 513, 841, 639, 275, 324, 324, 438, 513, 275, 322, 275, 344, 513, 513, 513, 513, 513,
  513, 513, 513, 513, 513, 275, 275, 513, 513, 513, 444, 875, 558, 597, 576, 625, 538, 510, 628, 663, 282,
  494, 597, 502, 745, 657, 674, 582, 674, 592, 545, 546, 655, 536, 800, 541, 501, 540, 324, 344, 324, 513,
  500, 549, 516, 563, 462, 564, 507, 317, 520, 558, 262, 263, 522, 271, 843, 560, 549, 564, 564, 373, 431,
  361, 556, 495, 748, 481, 495, 443, 324, 255, 324, 513,
] as const
const NO_BREAK_SPACE = '\u00a0'

/**
 * Estimates the width of a text in CSS pixels, never too small: a cell lays out its chart without the fonts, and the
 * drawing must fit the column.
 */
export function textRoom(text: string, fontSize = 10): number {
  const em = Array.from(text).reduce((sum, character) => sum + advanceOf(character), 0)
  return (em * fontSize) / 1000
}

/**
 * Breaks a text into lines of at most `widthPx`, at spaces or after a slash or hyphen; breaks a longer word anywhere.
 */
export function wrapped(text: string, widthPx: number, fontSize = 10): string[] {
  const pieces = piecesOfText(text).flatMap((word) => chunks(word, widthPx, fontSize))
  const lines: string[] = []
  for (const piece of pieces) {
    const longer = (lines.at(-1) ?? '') + piece
    if (lines.length > 0 && textRoom(longer.trimEnd(), fontSize) <= widthPx) lines[lines.length - 1] = longer
    else lines.push(piece)
  }
  return lines.map((line) => line.trim()).filter((line) => line !== '')
}

/** Estimates the width of the longest part of a text that `wrapped` would not break if it can avoid it. */
export function wordRoom(text: string, fontSize = 10): number {
  return Math.max(...piecesOfText(text).map((word) => textRoom(word.trim(), fontSize)))
}

function piecesOfText(text: string): string[] {
  return text.match(/[^ /-]*[/-]+|[^ /-]+ *| +/g) ?? [text]
}

function chunks(word: string, widthPx: number, fontSize: number): string[] {
  const parts = ['']
  for (const character of word) {
    const longer = parts.at(-1)! + character
    if (parts.at(-1) === '' || textRoom(longer.trimEnd(), fontSize) <= widthPx)
      parts[parts.length - 1] = longer
    else parts.push(character)
  }
  return parts
}

// Most letters outside ASCII are Latin letters with accents; other characters may be as wide as an em.
function advanceOf(character: string): number {
  const code = character.codePointAt(0)!
  if (character === NO_BREAK_SPACE) return ADVANCES[0]
  if (character === '\u2212') return 513
  return ADVANCES[code - 32] ?? (code < 0x250 ? 700 : 1000)
}
