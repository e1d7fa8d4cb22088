/** The value of a field. */
export interface BibField {
  /** As written, without its braces or quotes; its strings are resolved. */
  readonly value: string
  /** Offset of its name in the file. */
  readonly offset: number
}

/** One entry of a BibTeX file. */
export interface BibEntry {
  readonly key: string
  /** In lower case. */
  readonly type: string
  /** By name, in lower case. */
  readonly fields: ReadonlyMap<string, BibField>
  /** Offset of its `@` in the file. */
  readonly offset: number
}

/** A problem, and where it is. */
interface BibProblem {
  readonly reason: string
  readonly offset: number
  /** Whether the entry is read all the same. */
  readonly isWarning?: true
}

/** The content of a BibTeX file, and its problems. */
interface Bibtex {
  readonly entries: readonly BibEntry[]
  /** The `@string{...}` blocks as written. */
  readonly strings: readonly string[]
  readonly problems: readonly BibProblem[]
}

/** The strings that BibTeX itself defines. */
export const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

// Strings of strings double at every step.
const mostCharacters = 100_000
const mostFields = 1000
const tooLong = `Cannot put its strings together, expected at most ${mostCharacters} characters`

/**
 * Parses BibTeX; a faulty entry becomes a problem at the place of the fault, and does not affect other entries. Of a
 * repeated field the first value counts. An unknown string stands for itself.
 *
 * @param macros The strings of earlier files by name, in lower case; gets those of this one.
 */
export function parseBibtex(text: string, macros = new Map<string, string>()): Bibtex {
  const entries: BibEntry[] = []
  const strings: string[] = []
  const problems: BibProblem[] = []
  for (const month of months) if (!macros.has(month)) macros.set(month, month)
  const start = /@[ \t]*([A-Za-z]+)[ \t\r\n]*([{(])/g
  for (let match = start.exec(text); match; match = start.exec(text)) {
    const [head, name, open] = match as unknown as [string, string, string]
    const type = name.toLowerCase()
    const close = open === '{' ? '}' : ')'
    const scanner = new Scanner({ text, close, start: match.index, at: match.index + head.length, problems })
    try {
      if (type === 'comment' || type === 'preamble') scanner.skipBlock()
      else if (type === 'string') {
        for (const [macro, { value }] of scanner.fields(macros)) macros.set(macro, value)
        strings.push(text.slice(match.index, scanner.at))
      } else {
        const key = scanner.key()
        const fields = scanner.fields(macros)
        entries.push({ key, type, fields, offset: match.index })
      }
      start.lastIndex = scanner.at
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      problems.push({ reason: error.message, offset: error.offset })
      start.lastIndex = nextEntry(text, match.index + head.length)
    }
  }
  return { entries, strings, problems }
}

class Fault extends Error {
  readonly offset: number

  constructor(reason: string, offset: number) {
    super(reason)
    this.offset = offset
  }
}

// After a fault, parsing continues at the next line that begins like an entry.
function nextEntry(text: string, from: number): number {
  const next = /^[ \t]*@[ \t]*[A-Za-z]+[ \t]*[{(]/m.exec(text.slice(from))
  return next ? from + next.index : text.length
}

interface Block {
  readonly text: string
  /** What ends it. */
  readonly close: string
  /** Offset of its `@`. */
  readonly start: number
  /** Offset of its content. */
  readonly at: number
  /** Gets its warnings. */
  readonly problems: BibProblem[]
}

class Scanner {
  at: number
  readonly #text: string
  readonly #close: string
  readonly #start: number
  readonly #problems: BibProblem[]

  constructor({ text, close, start, at, problems }: Block) {
    this.#text = text
    this.at = at
    this.#close = close
    this.#start = start
    this.#problems = problems
  }

  key(): string {
    const key = this.#take(/\s*([^\s,{}()="#%~\\']*)/y)
    if (key === '') throw this.#unexpected('a key, as in `@article{adam2015,`')
    this.#skipSpace()
    if (this.#text[this.at] === ',') this.at++
    else if (this.#text[this.at] !== this.#close) throw this.#unexpected(`\`,\` after the key \`${key}\``)
    return key
  }

  fields(macros: ReadonlyMap<string, string>): Map<string, BibField> {
    const fields = new Map<string, BibField>()
    for (;;) {
      this.#skipSpace()
      if (this.#text[this.at] === this.#close) break
      const at = this.at
      const name = this.#take(/([A-Za-z_][\w:+./-]*)/y).toLowerCase()
      if (name === '') throw this.#unexpected(`a field or \`${this.#close}\``)
      if (fields.size === mostFields)
        throw new Fault(`Unexpected \`${name}\`, expected at most ${mostFields} fields`, at)
      this.#skipSpace()
      if (this.#text[this.at] !== '=') throw this.#unexpected(`\`=\` after \`${name}\``)
      this.at++
      const value = this.#value(macros)
      if (fields.has(name)) this.#warn(`Unexpected second \`${name}\`, expected one: the first counts`, at)
      else fields.set(name, { value, offset: at })
      this.#skipSpace()
      if (this.#text[this.at] === ',') this.at++
      else if (this.#text[this.at] !== this.#close)
        throw this.#unexpected(`\`,\` or \`${this.#close}\` after the value of \`${name}\``)
    }
    this.at++
    return fields
  }

  skipBlock(): void {
    const at = this.at
    for (let depth = 1; depth > 0; this.at++) {
      const character = this.#text[this.at]
      if (character === undefined) throw new Fault('Cannot find the end of this block', at - 1)
      if (character === (this.#close === '}' ? '{' : '(')) depth++
      if (character === this.#close) depth--
    }
  }

  #warn(reason: string, offset: number): void {
    this.#problems.push({ reason, offset, isWarning: true })
  }

  #value(macros: ReadonlyMap<string, string>): string {
    this.#skipSpace()
    const from = this.at
    let value = ''
    for (;;) {
      this.#skipSpace()
      const character = this.#text[this.at]
      if (character === '{') value += this.#braced()
      else if (character === '"') value += this.#quoted()
      else {
        value += this.#word(macros)
        if (value.length > mostCharacters) throw new Fault(tooLong, from)
      }
      this.#skipSpace()
      if (this.#text[this.at] !== '#') return value
      this.at++
    }
  }

  #word(macros: ReadonlyMap<string, string>): string {
    const at = this.at
    const word = this.#take(/([^\s,{}()="#]+)/y)
    if (word === '') throw this.#unexpected('a value in braces or quotes, or a number')
    if (/^\d+$/.test(word)) return word
    const value = macros.get(word.toLowerCase())
    if (value !== undefined) return value
    const expected = 'expected a value in braces or quotes, a number or the name of an `@string`'
    this.#warn(`Unknown string \`${word}\`, ${expected}: it is printed as it stands`, at)
    return word
  }

  #braced(): string {
    const from = this.at
    let depth = 0
    do {
      const character = this.#text[this.at]
      if (character === undefined || this.#isNextEntry()) throw this.#unclosed('brace', from)
      if (character === '\\') this.at++
      else if (character === '{') depth++
      else if (character === '}') depth--
      this.at++
    } while (depth > 0)
    return this.#text.slice(from + 1, this.at - 1)
  }

  #quoted(): string {
    const from = this.at++
    for (let depth = 0; depth > 0 || this.#text[this.at] !== '"'; this.at++) {
      const character = this.#text[this.at]
      if (character === undefined || this.#isNextEntry()) throw this.#unclosed('quote', from)
      if (character === '\\') this.at++
      else if (character === '{') depth++
      else if (character === '}') depth--
    }
    return this.#text.slice(from + 1, this.at++)
  }

  // No value contains a line that begins like an entry.
  #isNextEntry(): boolean {
    if (this.#text[this.at] !== '@' || this.#text[this.at - 1] !== '\n') return false
    return /^@[A-Za-z]+[ \t]*[{(]/.test(this.#text.slice(this.at, this.at + 40))
  }

  #unclosed(what: string, from: number): Fault {
    return new Fault(`Cannot find the end of this value, its ${what} is never closed`, from)
  }

  #unexpected(expected: string): Fault {
    if (this.at >= this.#text.length || this.#isNextEntry()) {
      const reason = `Cannot find the end of this entry, expected \`${this.#close}\` before the next one`
      return new Fault(reason, this.#start)
    }
    const [found = ''] = /\S+/.exec(this.#text.slice(this.at, this.at + 20)) ?? []
    return new Fault(`Unexpected \`${found}\`, expected ${expected}`, this.at)
  }

  #skipSpace(): void {
    this.#take(/(\s*)/y)
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const match = pattern.exec(this.#text)
    if (!match) return ''
    this.at = pattern.lastIndex
    return match[1]!
  }
}
