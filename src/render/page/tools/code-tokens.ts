import { unescapeHtml } from '../hast.ts'

/** Kinds of tokens, each with the letter that stands for it. */
export const tokenLetters = {
  keyword: 'K',
  constant: 'N',
  string: 'S',
  'string-expression': 'X',
  comment: 'C',
  function: 'F',
  parameter: 'P',
  punctuation: 'U',
  link: 'L',
} as const

/** Code without its marks, and where they were. */
interface PlainCode {
  readonly markup: string
  /** For each token how many characters lie before it, its letter, and how long it is: `0K6.1F3`. In base 36. */
  readonly tokens: string
}

const piece = /<span class="line">|<span class="t-([a-z-]+)">([^<]*)<\/span>|<\/span>|([^<]+)/g

/**
 * Takes the marks of tokens from highlighted code, for a page that gives them back when the code is unfolded: most of
 * its elements would mark code that nobody has opened. Undefined for code with marks of another kind.
 */
export function plainCode(markup: string): PlainCode | undefined {
  const tokens: string[] = []
  const texts: string[] = []
  let gap = 0
  let at = 0
  for (const { 0: whole, 1: kind, 2: token, 3: text, index } of markup.matchAll(piece)) {
    if (index !== at) return undefined
    at += whole.length
    if (kind !== undefined) {
      const letter = tokenLetters[kind as keyof typeof tokenLetters]
      if (letter === undefined) return undefined
      const { length } = unescapeHtml(token!)
      tokens.push(`${gap.toString(36)}${letter}${length.toString(36)}`)
      gap = 0
      texts.push(token!)
    } else if (text !== undefined) {
      gap += unescapeHtml(text).length
      texts.push(text)
    }
  }
  return at === markup.length ? { markup: texts.join(''), tokens: tokens.join('.') } : undefined
}
