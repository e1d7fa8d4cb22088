import { months } from '../syntax/parse-bibtex.ts'
import { letters, textAccents } from './tex-commands.ts'

/** A date of CSL: one day, month or year, or a range of them, or a text. */
export type CslDate =
  | { readonly 'date-parts': readonly (readonly number[])[]; readonly circa?: true }
  | { readonly literal: string }

const lists = /^(publisher|institution|organization|school|address|location|origpublisher|origlocation)$/

/** Writes a value as citation-js reads it best. */
export function prepareValue(name: string, value: string): string {
  const prepared = prepareTex(value.trim())
  // The library keeps the first of several.
  if (lists.test(name) && /\sand\s/i.test(prepared)) return `{${prepared}}`
  return name === 'pages' ? prepared.replace(/\s*(?:-{2,3}|[–—])\s*/g, '-') : prepared
}

/**
 * Removes empty names from a list of prepared names, and keeps whole what cannot be one name: the library would print
 * the first of several with commas between them. Says what is doubtful.
 */
export function prepareNames(value: string): { readonly names: string; readonly doubt?: string } {
  // A name that begins with a brace would be taken for one that begins with a small letter.
  const bare = value.replace(/\{(\p{Lu}\p{L}*)\}(?=\p{L})/gu, '$1')
  const all = splitOutside(bare, /\s+and(?=\s|$)|^and(?=\s)/gi).map((name) => name.trim())
  const kept = all.filter((name) => name !== '')
  const isList = (name: string) =>
    splitOutside(name, /(?<!\\),/g).length > 3 ||
    (!/=/.test(name) && splitOutside(name, /;|\s\\?&\s/g).length > 1)
  const doubtful = kept.find(isList)
  const names = kept.map((name) => (isList(name) ? `{${name}}` : name)).join(' and ')
  if (doubtful !== undefined) return { names, doubt: `\`${doubtful}\`` }
  return kept.length < all.length ? { names, doubt: 'one that is empty' } : { names }
}

// Splits a text where a pattern matches outside braces.
function splitOutside(text: string, pattern: RegExp): string[] {
  const parts: string[] = []
  let [from, scanned, depth] = [0, 0, 0]
  for (const { 0: found, index } of text.matchAll(pattern)) {
    for (const [brace] of text.slice(scanned, index).matchAll(/\\[\s\S]|[{}]/g))
      depth += brace === '{' ? 1 : brace === '}' ? -1 : 0
    scanned = index
    if (depth !== 0) continue
    parts.push(text.slice(from, index))
    from = index + found.length
  }
  return [...parts, text.slice(from)]
}

/** Rewrites what citation-js reads in another way than TeX does. */
function prepareTex(text: string): string {
  return (
    text
      // They print nothing; the library would take the space after them, too.
      .replace(/\\(?:[@!/-]|relax(?![a-zA-Z])\s*)/g, '')
      .replace(/\\([a-zA-Z]+)\*(?=\s*\{)/g, '\\$1')
      .replace(accented, (_, ...found: (string | undefined)[]) => {
        const [a, b, c, d, e, f] = found
        // The braces may be those of a command before them.
        return a === undefined ? withAccent(d!, (e ?? f)!) : `{${withAccent(a, (b ?? c)!)}}`
      })
      .replace(letter, (_, braced?: string, bare?: string) =>
        braced ? `{${letters[braced]}}` : letters[bare!]!,
      )
      .replace(/\\([~^])\s*(?:\{\s*\})/g, (_, sign) =>
        sign === '~' ? '\\textasciitilde{}' : '\\textasciicircum{}',
      )
      .replace(/\\(["'`=.]|[urHvbdckt](?![a-zA-Z]))\s*\{\s*\}/g, '')
      .replace(/\\[()]|\$\$/g, '$$')
      .replace(/(?<!\\)\$((?:\\[\s\S]|[^$\\])*)\$/g, (formula) => prepareFormula(formula))
      .replace(/([?!])`/g, (_, sign) => (sign === '?' ? '¿' : '¡'))
      .replace(/(?<![\\`])`(?!`)/g, '‘')
  )
}

// The library takes a name that begins with a command for one that begins with a small letter.
const accent = /\\(["'`^~=.]|[urHvbdckh](?![a-zA-Z]))\s*/.source
const base = /(?:\{\s*(\p{L}|\\[ij])\s*(?:\{\s*\})?\s*\}|(\p{L}|\\[ij](?![a-zA-Z])(?:\{\}|\s)?))/u.source
const accented = new RegExp(String.raw`\{${accent}${base}\s*\}|${accent}${base}`, 'gu')
const names = Object.keys(letters).join('|')
const letter = new RegExp(String.raw`\{\s*\\(${names})\s*\}|\\(${names})(?![a-zA-Z])(?:\{\}|\s+)?`, 'g')

// With an accent, `\i` and `\j` have no dot anyway.
function withAccent(accent: string, letter: string): string {
  return `${letter.replace(/^\\([ij]).*$/s, '$1')}${textAccents[accent]}`.normalize('NFC')
}

// The library raises or lowers everything up to the next space.
function prepareFormula(formula: string): string {
  return formula
    .replace(/\^\s*\{?\s*\\circ(?![a-zA-Z])\s*\}?/g, '\\degree ')
    .replace(/([\^_])\s*([^\s{}\\$])/g, '$1{$2}')
    .replace(/([\^_])\s*(\\[a-zA-Z]+)\s*/g, '$1{$2}')
}

const urlCommand = /^\\(?:url|path|nolinkurl)\s*\{([\s\S]*)\}$/

/** Says whether a value is an address and nothing else. */
export function isAddress(value: string): boolean {
  return urlCommand.test(value.trim()) || /^https?:\/\/\S+$/.test(value.trim())
}

/** Gives the address that a value is, without TeX, each character as an address may have it. */
export function addressOf(value: string): string {
  const bare = bareAddress(value)
  try {
    return decodeURI(bare) === bare ? encodeURI(bare) : bare
  } catch {
    return encodeURI(bare)
  }
}

function bareAddress(value: string): string {
  return unescaped(value.trim().replace(urlCommand, '$1')).replace(/^<(.*)>$/, '$1')
}

/** Gives a DOI without its address. */
export function doiOf(value: string): string {
  const doi = bareAddress(value)
    .replace(/^doi:\s*/i, '')
    .replace(/^(?:https?:\/\/)?(?:dx\.)?doi\.org\//i, '')
  // In prose these would end an address.
  return doi.replace(/[<>"]/g, (sign) => encodeURIComponent(sign))
}

/** Removes what protects the characters of a name in TeX. */
export function unescaped(text: string): string {
  return text
    .replace(/\$\\sim\$|\\textasciitilde(?:\{\}|\s)?|\\~\s*\{\s*\}|\\string~|\{~\}/g, '~')
    .replace(/\\textunderscore(?:\{\}|\s)?/g, '_')
    .replace(/\{\\([_%&#~$])\}|\\([_%&#~${}])/g, '$1$2')
    .replace(/\{([^{}]*)\}/g, '$1')
    .replace(/\s*\n\s*/g, '')
    .trim()
}

/**
 * Reads a date of biblatex, `2010-05`, `2010/2011`, or an open range, `2010/`; another text stands for itself.
 */
export function dateOf(text: string): CslDate {
  const [from = '', to, ...more] = text.trim().split('/')
  const [first, last] = [partsOf(from), partsOf(to ?? '')]
  const circa = /[?~%]/.test(text) ? { circa: true as const } : {}
  if (more.length > 0) return { literal: text }
  if (to === undefined) return first ? { 'date-parts': [first], ...circa } : { literal: text }
  if (first && last) {
    // A range has the same parts on both sides.
    const length = Math.min(first.length, last.length)
    return { 'date-parts': [first.slice(0, length), last.slice(0, length)], ...circa }
  }
  if (first && isOpen(to)) return { literal: `${first[0]}–` }
  if (last && isOpen(from)) return { literal: `–${last[0]}` }
  return { literal: text }
}

function isOpen(text: string): boolean {
  return /^(\.\.)?$/.test(text.trim())
}

function partsOf(text: string): number[] | undefined {
  const match = /^\s*Y?(-?\d{1,9})(?:-(\d\d?)(?:-(\d\d?))?)?(?:T[\d:.Z+-]*)?[?~%]?\s*$/.exec(text)
  if (!match) return undefined
  const [year, month = 0, day = 0] = match
    .slice(1)
    .map((part) => (part === undefined ? undefined : Number(part)))
  if (month < 1 || month > 12) return [year!]
  return day < 1 || day > 31 ? [year!, month] : [year!, month, day]
}

/** Reads the year, month and day of BibTeX: `2004`, `jan`, `1~jan`, `January 1` or `1`. */
export function dateOfParts(year: string, month: string, day: string): CslDate {
  if (!/^\d{1,4}$/.test(year.trim())) return { literal: year }
  const words = month.toLowerCase().match(/[a-z]+|\d+/g) ?? []
  const names = words.map((word) => months.indexOf(word.slice(0, 3)) + 1).filter((number) => number > 0)
  const numbers = [...words, day].map(Number).filter((number) => number >= 1 && number <= 31)
  const [which, when] = names.length > 0 ? [names[0], numbers[0]] : [numbers[0], numbers[1]]
  // Of several months, and of a month that is none, the year alone is sure.
  if (names.length > 1 || which === undefined || which > 12) return { 'date-parts': [[Number(year)]] }
  return { 'date-parts': [[Number(year), which, ...(when === undefined ? [] : [when])]] }
}
