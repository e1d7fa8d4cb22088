import { isUnspaced } from './anonymous.ts'
import { type Finding, type HandedFile, textIn } from './finding.ts'
import { pdfTexts } from './pdf-texts.ts'

/** What no text may hold. */
export interface Forbidden {
  /** Absolute folders of this machine. */
  readonly folders: readonly string[]
  /** Names of authors; none unless the zip is anonymous. */
  readonly names: readonly string[]
  /** Files that may name authors as those of other works. */
  readonly bibliographies: readonly string[]
}

interface PageNames {
  readonly names: readonly string[]
  /** Their texts. */
  readonly bibliographies: readonly string[]
}

interface Search {
  readonly rule: Finding['rule']
  readonly pattern: RegExp
  readonly what: string
  readonly cure: string
}

const secrets: readonly [what: string, pattern: RegExp][] = [
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----/],
  ['a key of AWS', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['a token of GitHub', /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,})/],
  ['a token of GitLab', /\bglpat-[A-Za-z0-9_-]{20,}/],
  ['a token of npm', /\bnpm_[A-Za-z0-9]{36}\b/],
  ['a token of Slack', /\bxox[abprs]-[A-Za-z0-9-]{10,}/],
  ['a key of Google', /\bAIza[0-9A-Za-z_-]{35}\b/],
  ['a key of a web service', /\bsk-(?:[a-z]+-)*[A-Za-z0-9_-]{32,}/],
  ['a token of Hugging Face', /\bhf_[A-Za-z0-9]{34,}\b/],
  [
    'a password in an address',
    /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@'"`<>${}()[\]|\\]+:[^\s/:@'"`<>${}()[\]|\\]+@[\w.-]+/,
  ],
  ['a password of npm', /^\s*(?:\/\/\S+:)?_(?:authToken|auth|password)\s*=\s*(?!\$\{)\S+/],
  [
    'a password or a key',
    /["']?\b(?:password|passwd|secret|api[_-]?key|access[_-]?token|auth[_-]?token)["']?\s*[:=]\s*["'][^"'\s${}<>]{12,}["']/i,
  ],
]

const users: readonly [what: string, pattern: RegExp][] = [
  ['a folder of a user', /(?<![\w.~-])\/(?:home|Users)\/[A-Za-z][\w.-]*\//],
  ['a folder of a user', /\b[A-Za-z]:\\{1,2}Users\\{1,2}[A-Za-z][\w.-]*\\/],
]

/** Lists the lines that hold a secret, a folder of a machine or a name of an author. */
export function auditTexts(files: readonly HandedFile[], forbidden: Forbidden): Finding[] {
  const always = searches(forbidden)
  const names = forbidden.names.map((name) => nameSearch(name))
  return files.flatMap((file) => {
    const { name, bytes } = file
    const own = forbidden.bibliographies.includes(name) ? [] : names
    const inName = find(name, name, names, false)
    if (name.endsWith('.pdf'))
      return [...inName, ...pdfTexts(bytes).flatMap((text) => find(name, text, [...always, ...own], false))]
    const text = textIn(file)
    // Pictures and other files may name their author too.
    if (text === undefined) return [...inName, ...find(name, Buffer.from(bytes).toString(), own, false)]
    return [...inName, ...find(name, text, always, true), ...find(name, withoutEscapes(text), own, true)]
  })
}

// In JSON and in code a line of a text may begin with `\n`, which is no letter before a name.
function withoutEscapes(text: string): string {
  return text.replace(/\\[nrt]/g, '  ')
}

/**
 * Lists the pages of a print that name an author, whatever computed the name there. An author whose family name is in a
 * bibliography may be named as that of another work.
 */
export function auditPages(file: HandedFile, pages: readonly string[], forbidden: PageNames): Finding[] {
  const isCited = (name: string) => {
    const family = nameSearch(name.includes(',') ? name.split(',')[0]! : name.split(/\s+/).at(-1)!)
    return forbidden.bibliographies.some((text) => family.pattern.test(text))
  }
  const names = forbidden.names.filter((name) => !isCited(name)).map(nameSearch)
  return pages.flatMap((text, index) =>
    names
      .filter(({ pattern }) => pattern.test(text))
      .map(({ rule, what, cure }) => ({
        rule,
        file: file.name,
        reason: `Unexpected text on page ${index + 1}, it has ${what}`,
        cure,
      })),
  )
}

function searches({ folders }: Forbidden): Search[] {
  const secretCure = 'remove it, and make a new one: whoever has the file has the old one'
  const pathCure = 'write a path relative to the project, or take it from the environment'
  return [
    ...secrets.map(([what, pattern]): Search => ({ rule: 'no-secret', what, pattern, cure: secretCure })),
    ...users.map(([what, pattern]): Search => ({ rule: 'no-machine-path', what, pattern, cure: pathCure })),
    ...folders.map(
      (folder): Search => ({
        rule: 'no-machine-path',
        what: 'a folder of this machine',
        pattern: new RegExp(`(?<![\\w.~-])${literal(folder)}(?=[\\\\/]|[\\s"'\`)\\],:;]|$)`),
        cure: pathCure,
      }),
    ),
  ]
}

function nameSearch(name: string): Search {
  // Initials stand with or without a space between them.
  const words = name.split(/\s+/).map(literal).join('\\s+').replaceAll('\\.\\s+', '\\.\\s*')
  const whole = isUnspaced(name) ? words : `(?<![\\p{L}\\p{N}])${words}(?![\\p{L}\\p{N}])`
  return {
    rule: 'no-name',
    what: `\`${name}\``,
    pattern: new RegExp(whole, 'iu'),
    cure: 'write it without the name; an anonymous zip leaves out the front matter of the authors by itself',
  }
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

const mostOfFile = 20

function find(file: string, text: string, all: readonly Search[], hasLines: boolean): Finding[] {
  const found: Finding[] = []
  for (const { rule, pattern, what, cure } of all) {
    // The secret itself is not repeated.
    const reason = `Unexpected text, it has ${what}`
    const lines = new Set([...text.matchAll(new RegExp(pattern.source, `${pattern.flags}gm`))].map(lineOf))
    for (const line of lines) found.push({ rule, file, ...(hasLines && { line }), reason, cure })
  }
  return found.slice(0, mostOfFile)

  // A name may go over a line's end.
  function lineOf({ index, 0: words }: RegExpExecArray): number {
    return hasLines ? text.slice(0, index + words.search(/\S/)).split('\n').length : 0
  }
}
