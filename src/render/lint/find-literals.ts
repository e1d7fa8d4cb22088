import { formatterFor } from '../model/formatter.ts'
import {
  countedNouns,
  countedPlurals,
  durationUnits,
  magnitudes,
  noAdjectives,
  numberedThings,
  openingWords,
  physicalUnits,
} from './literal-words.ts'

/** The kind of result that a literal looks like. */
export type LiteralKind = 'percent' | 'decimal' | 'duration' | 'count' | 'factor' | 'scientific'

/** A number in prose that looks like a result. */
export interface Literal {
  readonly kind: LiteralKind
  /** The literal as written, with its unit. */
  readonly text: string
  /** Where it begins in the text, in UTF-16 units. */
  readonly index: number
  /** The number as written, without grouping and with `-` for any minus; the last number of a range. */
  readonly number: string
  /** The number after a `±`. */
  readonly deviation?: string
  /** The text after the number: `%`, `ms`, `training images`. */
  readonly unit: string
}

const power = '(?:[⁻⁺]?[⁰¹²³⁴-⁹]+|\\^\\{?[-−+]?\\d+\\}?)'
const end = '(?![\\p{L}\\p{N}_])'
const duration = `(?:${durationUnits.join('|')})${end}`
const adjective = `(?!(?:${noAdjectives.join('|')})\\b)\\p{Ll}[\\p{L}’'-]*`
const counted = `(?:${[...countedNouns.map((noun) => `${noun}s?`), ...countedPlurals, ...magnitudes].join('|')})`

const kinds = ['scientific', 'percent', 'duration', 'count', 'factor'] as const

// A number that is not part of a name, a word or a longer number.
const start = "(?<![\\p{L}\\p{N}_@#&/\\\\$€£.]|[\\p{L}\\p{N}_)][.,:'’–-])"
const stop = `(?![\\p{L}\\p{N}_]|[.,:/]\\d|-[\\p{L}\\p{N}]|\\s?[×x]\\s?\\d)`

/** How numbers stand in a text: with their units, and as powers of ten or factors alone. */
interface Patterns {
  readonly literal: RegExp
  readonly tens: RegExp
}

const written = {
  comma: patternsOf("[.'’\\u00a0\\u202f\\u2009 ]"),
  point: patternsOf("[,'’\\u00a0\\u202f\\u2009 ]"),
}

// With either sign before the decimals, whatever stands between groups of digits.
function patternsOf(group: string): Patterns {
  const digits = `(?:\\d{1,3}(?:${group}\\d{3})+(?!\\d)|\\d+)(?:[.,]\\d+)?|\\.\\d+`
  const signed = `[-−+]?(?:${digits})`
  const quantity = `${signed}(?:\\s{0,2}(?:±|\\+/-|\\+-)\\s{0,2}(?:${digits}))?`
  const range = `(?<first>${quantity})(?:(?:\\s{0,2}[–-]\\s{0,2}|\\s+(?:to|and|or)\\s+)(?<last>${quantity}))?`
  const tails: { readonly [kind in (typeof kinds)[number]]: string } = {
    scientific: `[eE][-−+]?\\d+${end}|\\s{0,2}[×x·⋅*]\\s{0,2}10${power}`,
    percent: `\\s{0,2}[%‰]|\\s+per\\s?cent${end}|\\s+percentage\\s+points?${end}|-percent${end}`,
    duration: `(?:\\s{0,2}|-)${duration}(?:\\s+\\d+(?:\\.\\d+)?\\s{0,2}${duration})*`,
    count: `(?:\\s{0,2}[×x]\\s{0,2}(?:${digits}))*(?:\\s{0,2}(?:${physicalUnits.join('|')})${end}|\\s+(?:${adjective}\\s+){0,2}${counted}${end})`,
    factor: `\\s?×(?!\\s*\\d|\\p{L})|x${end}`,
  }
  const tail = kinds.map((kind) => `(?<${kind}>${tails[kind]})`).join('|')
  return {
    literal: new RegExp(`${start}${range}(?:${tail}|${stop})`, 'gu'),
    tens: new RegExp(
      `(?<![\\p{L}\\p{N}_.])10[⁻⁺]?[⁰¹²³⁴-⁹]+|(?<!\\p{N}\\s?|\\p{L})×\\s?(?:${digits})${end}`,
      'gu',
    ),
  }
}

/**
 * Finds the numbers in a text that look like results, in order: percentages, decimals, durations, counts with a unit,
 * factors, powers of ten and numbers with a `±`. Leaves out spelled-out numbers, plain whole numbers, names with
 * digits, dates, versions, citations, and numbers of sections or figures.
 *
 * Units in words are English. Where the language has a decimal comma, a point between groups of three digits is none.
 * Elsewhere a comma before a unit counts as one, but not without a unit, since `2,5` may be a list.
 */
export function findLiterals(text: string, { lang = 'en' } = {}): Literal[] {
  const hasDecimalComma = formatterFor(lang).point === ','
  const { literal, tens } = written[hasDecimalComma ? 'comma' : 'point']
  const masked = maskText(text, hasDecimalComma)
  const found: Literal[] = []
  literal.lastIndex = 0
  for (let match = literal.exec(masked); match; match = literal.exec(masked)) {
    const one = literalOf(match, text, hasDecimalComma)
    if (one && !isNamed(one, masked)) found.push(one)
    // The rest of a match that is no literal may begin one: `3 and 4.5`.
    else literal.lastIndex = match.index + match.groups!.first!.length
  }
  for (const { 0: words, index } of masked.matchAll(tens)) {
    if (found.some((one) => index >= one.index && index < one.index + one.text.length)) continue
    const isFactor = words.startsWith('×')
    const number = isFactor ? plainNumber(words.slice(1), hasDecimalComma) : '10'
    found.push({ kind: isFactor ? 'factor' : 'scientific', text: words, index, number, unit: '' })
  }
  return found.sort((a, b) => a.index - b.index)
}

function literalOf(match: RegExpExecArray, text: string, hasDecimalComma: boolean): Literal | undefined {
  const { index, groups = {} } = match
  const { first = '', last } = groups
  const shown = last ?? first
  const [number, deviation] = shown.split(/\s*(?:±|\+\/?-)\s*(?=[\d.])/u) as [string, string?]
  const words = text.slice(index, index + match[0].length)
  const named = kinds.find((kind) => groups[kind] !== undefined)
  const isDecimal = [first, last].some((one) => one !== undefined && isDecimalText(one, hasDecimalComma))
  if (named === undefined && !isDecimal && deviation === undefined) return undefined
  return {
    kind: named ?? 'decimal',
    text: words,
    index,
    number: plainNumber(number, hasDecimalComma),
    ...(deviation === undefined ? {} : { deviation: plainNumber(deviation, hasDecimalComma) }),
    unit: (named === undefined ? '' : groups[named]!).trim().replace(/\s+/g, ' '),
  }
}

function isDecimalText(text: string, hasDecimalComma: boolean): boolean {
  if (!hasDecimalComma) return /\d\.\d|^[-−+]?\.\d/.test(text)
  return /\d,\d|^\.\d|\d\.\d(?!\d\d(?!\d))/.test(text)
}

function plainNumber(text: string, hasDecimalComma: boolean): string {
  return text
    .replace(/[\u00a0\u202f\u2009\s'’]/g, '')
    .replace(/^\+/, '')
    .replace('−', '-')
    .replace(hasDecimalComma ? /\.(?=\d{3}(?!\d))/g : /,(?=\d{3}(?!\d))/g, '')
    .replace(',', '.')
}

// A short number after a name is its version: `Node 20 runs`, `Apache 2.0`.
function isNamed({ kind, index, number, text, unit }: Literal, masked: string): boolean {
  const before = /(?<![\p{L}\p{N}_])(\p{Lu}[\p{L}\p{N}.-]*)\s+$/u.exec(masked.slice(0, index))?.[1]
  if (before === undefined || openingWords.includes(before)) return false
  if (kind === 'decimal') return /^[1-9]\d{0,3}\.\d{1,2}$/.test(number) && number === text
  return kind === 'count' && /^\d{1,2}$/.test(number) && /^\p{L}+s$/u.test(unit)
}

/** Replaces a character that cannot be part of a literal. */
export const blank = '\ufffc'

const month =
  '(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\\b\\.?)'
const year = '(?:19|20)\\d\\d(?![\\d,.]\\d|\\d)'
const number = '\\d+(?:\\.\\d+)*[a-z]?\\b'

const masks: readonly RegExp[] = [
  // Addresses, and identifiers of works.
  /\b(?:https?|ftp|file):\/\/\S+|\bwww\.\S+|\b(?:doi|arXiv|ISBN|ISSN):?\s?[\d.]\S*|\b10\.\d{4,}\/\S+|\S+@\S+\.\w+/giu,
  // Citations with their locators, and cross-references.
  /\[[^[\]]*@[^[\]]*\]|-?@\{[^{}\s]+\}|-?@[\p{L}\p{N}_]+(?:[:.#$%&+?<>~/-][\p{L}\p{N}_]+)*(?:\s+\[[^[\]@]*\])?/gu,
  // Footnotes and anchors that stayed text.
  /\[\^[^\]]*\]|#[\p{L}][\p{L}\p{N}_-]*/gu,
  // Dates and times of the day.
  /\b\d{4}-\d{2}(?:-\d{2})?(?:T[\d:.Z+-]+)?\b|\b\d{1,2}[./]\d{1,2}[./]\d{4}\b/gu,
  new RegExp(`\\b\\d{1,2}(?:st|nd|rd|th|\\.)?\\s+${month}(?:,?\\s+\\d{4})?`, 'gu'),
  new RegExp(`\\b${month}\\s+(?:\\d{1,2}(?:st|nd|rd|th)?(?:,?\\s+\\d{4})?|\\d{4})\\b`, 'gu'),
  /\b\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s?[ap]\.?m\b\.?)?/giu,
  // Years: such a number is a year after a word of time, in brackets, in a range, or as a decade.
  new RegExp(
    `(?<=\\b(?:in|since|until|till|during|year|years|by|before|after|early|late|mid|from)[\\s-])${year}`,
    'giu',
  ),
  new RegExp(`\\b${year}\\s?[–/-]\\s?(?:${year}|\\d{2}\\b(?!\\s*%))|\\(${year}[a-z]?\\)`, 'gu'),
  /\b(?:19|20)\d0s\b|(?<=\bthe\s)\d0s\b/giu,
  // `Sections 3.1 and 3.2`, `p. 3`, `version 2.0`.
  new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${numberedThings.join('|')})\\s*${number}(?:(?:\\s*(?:,|–|-)\\s*|,?\\s+(?:and|or|to)\\s+)${number}(?!\\s*[%‰]))*`,
    'giu',
  ),
]

const versions = /\bv?\d+(?:\.\d+){2,}[\w+-]*|\bv\d+(?:\.\d+)*\b/gu
// Where points stand between groups of three digits, such a number is one.
const versionsOnly = /\b(?!\d{1,3}(?:\.\d{3})+(?![\w.+-]))v?\d+(?:\.\d+){2,}[\w+-]*|\bv\d+(?:\.\d+)*\b/gu

/**
 * Blanks text with numbers that are not results: addresses, citations, cross-references, dates, years, versions, and
 * numbers of sections, figures, pages and the like. The text keeps its length.
 */
function maskText(text: string, hasDecimalComma: boolean): string {
  const all = [...masks, hasDecimalComma ? versionsOnly : versions]
  return all.reduce((masked, mask) => masked.replace(mask, (words) => blank.repeat(words.length)), text)
}
