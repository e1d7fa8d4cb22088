import type { Words } from '../model/words.ts'

/** A part of a line, with the quotation marks of its language; without them it stays as it is. */
interface Part {
  readonly text: string
  readonly quotes: Words['quotes'] | undefined
}

const apostrophe = '\u2019'
const dashes: { readonly [hyphens: string]: string } = { '--': '\u2013', '---': '\u2014' }
const signs = /"|'|-{2,}|\.{3,}/g
const beginning = /^$|[\s([{<\u2013\u2014\u00a1\u00bf/|\u201c\u2018\u00ab\u201e\u201a\u300c"'-]$/u
const letter = /[\p{L}\p{N}]/u

/**
 * Writes the parts of a line with typographic quotation marks, apostrophes, dashes and ellipses. A mark that has no
 * partner stays straight, unless it is an apostrophe; so do the marks of feet, inches and options such as `--all`.
 */
export function typographic(parts: readonly Part[]): string[] {
  const whole = parts.map(({ text }) => text).join('')
  const ends = endsOf(parts)
  const open: Open[] = []
  const found: Change[] = []
  for (const { 0: sign, index } of whole.matchAll(signs)) {
    const part = ends.findIndex((end) => index < end)
    const { quotes } = parts[part]!
    // It may go on in what stays.
    if (quotes === undefined || index + sign.length > ends[part]!) continue
    const before = whole.slice(0, index)
    const after = whole.slice(index + sign.length)
    const change = (text: string) => found.push({ index, sign, text })
    if (sign.startsWith('-')) isDash(sign, before, after) && change(dashes[sign]!)
    else if (sign === '...') change('\u2026')
    else if (sign === '"' || sign === "'") readQuote(sign, { index, before, after, quotes, open, found })
  }
  return written(parts, found)
}

interface Change {
  readonly index: number
  readonly sign: string
  readonly text: string
}

interface Open {
  readonly sign: string
  readonly index: number
}

interface Quote {
  readonly index: number
  readonly before: string
  readonly after: string
  readonly quotes: Words['quotes']
  readonly open: Open[]
  readonly found: Change[]
}

function readQuote(sign: '"' | "'", { index, before, after, quotes, open, found }: Quote): void {
  const [first, last] = sign === '"' ? quotes : [quotes[2], quotes[3]]
  const previous = before.slice(-1)
  const isInWord = letter.test(previous) && /^\p{L}/u.test(after)
  const begun = open.findLastIndex((one) => one.sign === sign)
  const mayBegin = beginning.test(previous) && /^[^\s]/.test(after)
  // 1. What ends a quotation that has begun.
  if (begun >= 0 && !mayBegin && !(sign === "'" && isInWord)) {
    const [{ index: from }] = open.splice(begun) as [Open]
    found.push({ index: from, sign, text: first }, { index, sign, text: last })
  }
  // 2. What may begin one: changed as soon as its end is found.
  else if (mayBegin && (sign === '"' || (endsLater(after) && !decade.test(after)))) open.push({ sign, index })
  // 3. An apostrophe, also of a word that lacks its first letters; never the mark of feet or minutes.
  else if (sign === "'" && (isInWord || !/\d$/.test(previous))) found.push({ index, sign, text: apostrophe })
}

// As in `the '90s`.
const decade = /^\d0s\b/

function endsLater(after: string): boolean {
  return /[^\s]'(?![\p{L}\p{N}])/u.test(after)
}

// Two hyphens before a word begin the name of an option.
function isDash(sign: string, before: string, after: string): boolean {
  if (!Object.hasOwn(dashes, sign)) return false
  return !(sign === '--' && /(?:^|[\s(])$/.test(before) && /^[\p{L}]/u.test(after))
}

function endsOf(parts: readonly Part[]): number[] {
  let end = 0
  return parts.map(({ text }) => (end += text.length))
}

// A sign never goes over the end of its part.
function written(parts: readonly Part[], changes: readonly Change[]): string[] {
  const sorted = [...changes].sort((a, b) => a.index - b.index)
  let start = 0
  return parts.map(({ text }) => {
    const end = start + text.length
    let result = ''
    let at = start
    for (const { index, sign, text: sets } of sorted) {
      if (index < start || index >= end) continue
      result += text.slice(at - start, index - start) + sets
      at = index + sign.length
    }
    result += text.slice(at - start)
    start = end
    return result
  })
}
