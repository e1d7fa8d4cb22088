/** One entry of a BibTeX file. */
export interface BibEntry {
  readonly key: string
  /** In lower case. */
  readonly type: string
  /** Lower-case name -> value as written, without its braces or quotes. */
  readonly fields: ReadonlyMap<string, string>
  /** Text of the entry in the file. */
  readonly source: string
  /** Offset of its `@` in the file. */
  readonly offset: number
}

/** A problem, and where it is. */
interface BibProblem {
  readonly reason: string
  readonly offset: number
}

/** The content of a BibTeX file, and its problems. */
interface Bibtex {
  readonly entries: readonly BibEntry[]
  /** The `@string{...}` blocks as written. */
  readonly strings: readonly string[]
  readonly problems: readonly BibProblem[]
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Parses BibTeX; a faulty entry becomes a problem at the place of the fault, and does not affect other entries. */
export function parseBibtex(text: string): Bibtex {
  const entries: BibEntry[] = []
  const strings: string[] = []
  const problems: BibProblem[] = []
  const macros = new Set(months)
  const start = /@[ \t]*([A-Za-z]+)[ \t\r\n]*([{(])/g
  for (let match = start.exec(text); match; match = start.exec(text)) {
    const [head, name, open] = match as unknown as [string, string, string]
    const type = name.toLowerCase()
    const scanner = new Scanner(text, match.index + head.length, open === '{' ? '}' : ')', match.index)
    try {
      if (type === 'comment' || type === 'preamble') scanner.skipBlock()
      else if (type === 'string') {
        for (const macro of scanner.fields(macros).keys()) macros.add(macro)
        strings.push(text.slice(match.index, scanner.at))
      } else {
        const key = scanner.key()
        const fields = scanner.fields(macros)
        const source = text.slice(match.index, scanner.at)
        entries.push({ key, type, fields, source, offset: match.index })
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

class Scanner {
  at: number
  readonly #text: string
  readonly #close: string
  readonly #start: number

  constructor(text: string, at: number, close: string, start: number) {
    this.#text = text
    this.at = at
    this.#close = close
    this.#start = start
  }

  key(): string {
    const key = this.#take(/\s*([^\s,{}()="#%~\\']*)/y)
    if (key === '') throw this.#unexpected('a key, as in `@article{adam2015,`')
    this.#skipSpace()
    if (this.#text[this.at] === ',') this.at++
    else if (this.#text[this.at] !== this.#close) throw this.#unexpected(`\`,\` after the key \`${key}\``)
    return key
  }

  fields(macros: ReadonlySet<string>): Map<string, string> {
    const fields = new Map<string, string>()
    for (;;) {
      this.#skipSpace()
      if (this.#text[this.at] === this.#close) break
      const at = this.at
      const name = this.#take(/([A-Za-z_][\w:+./-]*)/y).toLowerCase()
      if (name === '') throw this.#unexpected(`a field or \`${this.#close}\``)
      this.#skipSpace()
      if (this.#text[this.at] !== '=') throw this.#unexpected(`\`=\` after \`${name}\``)
      this.at++
      if (fields.has(name)) throw new Fault(`Unexpected second \`${name}\`, expected one`, at)
      fields.set(name, this.#value(macros))
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

  #value(macros: ReadonlySet<string>): string {
    let value = ''
    for (;;) {
      this.#skipSpace()
      const character = this.#text[this.at]
      if (character === '{') value += this.#braced()
      else if (character === '"') value += this.#quoted()
      else value += this.#word(macros)
      this.#skipSpace()
      if (this.#text[this.at] !== '#') return value
      this.at++
    }
  }

  #word(macros: ReadonlySet<string>): string {
    const at = this.at
    const word = this.#take(/([^\s,{}()="#]+)/y)
    if (word === '') throw this.#unexpected('a value in braces or quotes, or a number')
    if (!/^\d+$/.test(word) && !macros.has(word.toLowerCase()))
      throw new Fault(
        `Unknown string \`${word}\`, expected a value in braces or quotes, a number or the name of an \`@string\``,
        at,
      )
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
