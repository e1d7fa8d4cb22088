import { blockEnd, foldMarked, foldPage, gap, maybeSpace, nearPageEnd, overPageEnd } from './printed-text.ts'

/** Where a text stands, without what was asked for on both sides of it. */
export interface Match {
  readonly start: number
  readonly end: number
  /** Where all of the template ends. */
  readonly after: number
}

const widths: { readonly [mark: string]: number } = { [gap]: 120, [blockEnd]: 8 }

/** Finds a template in a text: its first place where the text itself begins at `from` or behind it. */
export function findFrom(
  template: Template,
  text: string,
  from: number,
  to = text.length,
): Match | undefined {
  const first = template.characters[0]
  if (first === undefined) return undefined
  const reach = template.from * 4 + 400
  for (
    let at = text.indexOf(first, Math.max(0, from - reach));
    at >= 0 && at <= to;
    at = text.indexOf(first, at + 1)
  ) {
    const match = matchAt(template, text, at)
    if (match && match.start >= from) return match
  }
  return undefined
}

/** Compares a template with a text at one place. A line may end within a word, as behind a hyphen. */
export function matchAt(template: Template, text: string, at: number): Match | undefined {
  const { characters, from, to, isBegun, isEnded, beginsLine, endsLine } = template
  return go(0, at, at, at)

  function go(index: number, place: number, start: number, end: number): Match | undefined {
    for (; ; index++) {
      if (index === to) end = place
      const character = characters[index]
      if (character === undefined) return done(start, index === to ? place : end, place)
      const width = widths[character]
      if (width !== undefined) return tries(index + 1, placesWithin(place, width), start, end)
      if (character === maybeSpace) return tries(index + 1, [place, ...spacesAt(place)], start, end)
      if (character === ' ') return tries(index + 1, spacesAfter(characters[index - 1]!, place), start, end)
      const isWithin = index > 0 && characters[index - 1] !== ' ' && !isMark(characters[index - 1]!)
      const here = text.startsWith(character, place) || !isWithin ? place : overLineEnd(place)
      if (!text.startsWith(character, here)) return undefined
      if (index === from) start = here
      place = here + character.length
    }
  }

  function tries(index: number, places: readonly number[], start: number, end: number): Match | undefined {
    for (const place of places) {
      const match = go(index, place, start, end)
      if (match) return match
    }
    return undefined
  }

  function done(start: number, end: number, after: number): Match | undefined {
    if (isBegun && goesOnBefore(text, start)) return undefined
    if (isEnded && goesOnBehind(text, end)) return undefined
    if (beginsLine && !isLineStart(text, start)) return undefined
    return endsLine && !isLineEnd(text, end) ? undefined : { start, end, after }
  }

  // A reader joins `pre-` and `training` of two lines, which may have been `pre- training`.
  function spacesAfter(last: string, place: number): readonly number[] {
    const far = nearPageEnd(text, place)
    const joined = /[-–—/|]/.test(last) ? [place] : []
    return [...spacesAt(place), ...joined, ...(far === undefined ? [] : [far])]
  }

  function spacesAt(place: number): readonly number[] {
    const top = overPageEnd(text, place)
    if (top !== undefined) return [top]
    return text[place] === ' ' || text[place] === '\n' ? [place + 1] : []
  }

  function overLineEnd(place: number): number {
    const top = overPageEnd(text, place)
    if (top !== undefined) return top
    if (text[place] === '\n') return place + 1
    // A word may be parted there, or at the end of a page; the reader has joined its lines, with the hyphen.
    if (text[place] !== '-' || !/\p{L}$/u.test(text.charAt(place - 1))) return place
    const [parted = ''] = /^-\n?(?=\p{L})/u.exec(text.slice(place, place + 3)) ?? []
    return overPageEnd(text, place + 1) ?? place + parted.length
  }
}

function placesWithin(place: number, width: number): readonly number[] {
  return Array.from({ length: width + 1 }, (_, more) => place + more)
}

function isMark(character: string): boolean {
  return character === gap || character === blockEnd || character === maybeSpace
}

// No number goes on there, and no sign or sign of comparison stands before it.
function goesOnBefore(text: string, at: number): boolean {
  return before.test(text.slice(Math.max(0, at - 3), at))
}

function goesOnBehind(text: string, at: number): boolean {
  return behind.test(text.slice(at, at + 12))
}

const signs = '\\-+\u2212\u00B1\u2213<>=\u2260\u2264\u2265\u226A\u226B~\u223C\u2248\u00D7\u00B7\u22C5*/^'
const before = new RegExp(`[\\p{L}\\p{N}]$|\\p{N}[.,]$|[${signs}] ?$`, 'u')
const units = '%|\u2030|\u00B0|million|billion|trillion|thousand|Million|Milliarde|percent|Prozent|points?\\b'
const behind = new RegExp(
  `^(?:[\\p{L}\\p{N}]|[.,]\\p{N}| ?(?:${units})| ?[\u00B1\u00D7\u00B7\u22C5*^\u2044] ?\\p{N})`,
  'u',
)

// A page's text begins behind the line of its mark. What divides a word at its end may have been joined.
function isLineStart(text: string, at: number): boolean {
  return /(?:^|[\n\-\u2013\u2014/|])(?:(?:[\u2022\u25E6\u25AA]|[\p{L}\p{N}]{1,3}[.)]) )?$/u.test(
    text.slice(Math.max(0, at - 6), at),
  )
}

function isLineEnd(text: string, at: number): boolean {
  return at >= text.length || text[at] === '\n' || /[-\u2013\u2014/|]/.test(text[at - 1]!)
}

/** Whether what an element holds is a wanted text, with marks, and nothing else; formulas may be anything. */
export function holds(held: string, wanted: string): boolean {
  const text = foldPage(held)
  const template = templateOf({ text: wanted, isLine: true })
  if (template.characters.length === 0) return wanted.trim() !== '' || text === ''
  for (let from = 0; from <= text.length; from++) {
    const match = findFrom(template, text, from)
    if (!match || (template.isBegun && match.start > 0)) return false
    if (!template.isEnded || match.end === text.length) return true
    from = match.start
  }
  return false
}

const open = '\uE00E'
const close = '\uE00F'

/** What is looked for: a text, and what stands on both sides of it, with marks. */
export interface Sought {
  readonly before?: string
  readonly text: string
  readonly after?: string
  /** The text is a block of its own, or its beginning or its end. */
  readonly isLine?: boolean | 'begun' | 'ended'
}

/** The same, ready to be compared with what is printed. */
export interface Template {
  readonly characters: readonly string[]
  /** Of the text itself, without what stands beside it. */
  readonly from: number
  readonly to: number
  /** Whether nothing may go on before its beginning and behind its end: no digit, letter or sign. */
  readonly isBegun: boolean
  readonly isEnded: boolean
  /** Whether a line of the print must begin with it, and one must end with it. */
  readonly beginsLine: boolean
  readonly endsLine: boolean
  /** Whether something goes on behind it that is not known. */
  readonly isOpen: boolean
}

/** Makes the template of a text in its surroundings. */
export function templateOf({ before = '', text, after = '', isLine = false }: Sought): Template {
  // A formula at its own end is none of the text.
  const [, first = '', words = '', last = ''] =
    /^([\uE000\uE001\uE003 ]*)([\s\S]*?)([\uE000\uE001\uE003 ]*)$/.exec(text)!
  const [left, right] = [`${before}${first}`, `${last}${after}`]
  const whole = foldMarked(`${left}${open}${words}${close}${right}`)
    .replace(/^[\uE000\uE001\uE003 ]+/, '')
    .replace(/[\uE000\uE001\uE003 ]+$/, '')
  const characters = [...whole]
  const [from, to] = [characters.indexOf(open), characters.indexOf(close) - 1]
  const isBegun = from === 0 && left.trim().at(-1) !== gap
  const isEnded = to === characters.length - 2 && right.trim().at(0) !== gap
  return {
    characters: characters.filter((character) => character !== open && character !== close),
    from,
    to,
    isBegun,
    isEnded,
    beginsLine: isBegun && isLine !== false && isLine !== 'ended',
    endsLine: isEnded && isLine !== false && isLine !== 'begun',
    isOpen: right.trim().at(0) === gap,
  }
}
