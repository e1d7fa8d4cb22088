import type { Literal } from './find-literals.ts'

/**
 * Gives a test whether a literal stands in some code as it is shown: then it was typed, where one that a cell puts
 * together of its results has gaps.
 */
export function isTypedIn(code: string): (literal: Literal) => boolean {
  const text = plain(
    code.replace(/\\u\{?([0-9a-f]{1,6})\}?|\\x([0-9a-f]{2})/gi, (_, long, short) => fromCode(long ?? short)),
  )
  return (literal) => {
    const words = plain(literal.text)
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1))
      if (!/\d[.,]?$/.test(text.slice(Math.max(0, at - 2), at))) return true
    return false
  }
}

function fromCode(hexadecimal: string): string {
  const code = Number.parseInt(hexadecimal, 16)
  return code <= 0x10ffff ? String.fromCodePoint(code) : ''
}

function plain(text: string): string {
  return text.replace(/\\[nt]|\s+/g, ' ')
}
