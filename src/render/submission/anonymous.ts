import { execFileSync } from 'node:child_process'
import type { FrontMatter } from '../model/types.ts'
import type { HandedFile } from './finding.ts'

/** Members of the front matter, and their other spellings, that name authors. */
export const authorMembers = [
  ...['author', 'authors', 'by-author', 'byline', 'creator'],
  ...['affiliation', 'affiliations', 'institute'],
]

// Members of a package.json that lead to a person.
const personal = ['author', 'contributors', 'maintainers', 'repository', 'homepage', 'bugs', 'funding']

// Scripts that put no space between words have names of two characters.
const unspaced = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Thai}]/u

/** Says whether a name is found inside of a word too, as its script has no spaces. */
export function isUnspaced(name: string): boolean {
  return unspaced.test(name)
}

/**
 * Lists what an anonymous zip must not hold: names, addresses, ORCID iDs and affiliations of the authors in the front
 * matter, and the names and addresses of those who committed to its repository. Names from git have two words at least.
 * Each name is there as others write it, too: without middle names, with initials, and with the last name first.
 */
export function authorNames({ author }: Pick<FrontMatter, 'author'>, root: string): string[] {
  const named = author.flatMap(({ name, email, orcid, url, affiliations }) => [
    ...namesOf(name),
    ...affiliations,
    ...[email, orcid, url].filter((one) => one !== undefined),
  ])
  const all = [...named, ...committers(root).flatMap((one) => (one.includes('@') ? one : namesOf(one)))].map(
    (one) => one.trim(),
  )
  return [...new Set(all.filter((one) => one.length >= (isUnspaced(one) ? 2 : 5)))]
}

// Jane Quincy Doe is also Jane Doe, J. Q. Doe and J. Doe, and each of these as Doe, Jane.
function namesOf(name: string): string[] {
  const words = name.trim().split(/\s+/)
  const [given, last] = [words.slice(0, -1), words.at(-1)!]
  if (given.length === 0) return [name]
  const short = given.slice(0, 1)
  const forms = isUnspaced(name) ? [given] : [given, short, given.map(initialOf), short.map(initialOf)]
  return forms.map((some) => some.join(' ')).flatMap((some) => [`${some} ${last}`, `${last}, ${some}`])
}

// Jean-Luc is J.-L.
function initialOf(word: string): string {
  return word
    .split('-')
    .map((part) => `${[...part][0] ?? ''}.`)
    .join('-')
}

function committers(root: string): string[] {
  try {
    const log = execFileSync('git', ['-C', root, 'log', '--max-count=2000', '--format=%an%n%ae%n%cn%n%ce'], {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return [...new Set(log.split('\n'))].filter((one) => /\S\s\S|\S@\S/.test(one))
  } catch {
    return []
  }
}

/** Gives a file without the metadata that name its authors: a package.json, or the names in a licence. */
export function withoutAuthors({ name, bytes }: HandedFile, names: readonly string[]): HandedFile {
  if (/(^|\/)package\.json$/.test(name)) return { name, bytes: withoutPersons(bytes) }
  if (/(^|\/)(licen[cs]e|copying|notice)(\.\w+)?$/i.test(name))
    return { name, bytes: Buffer.from(withoutHolders(Buffer.from(bytes).toString(), names)) }
  return { name, bytes }
}

function withoutPersons(bytes: Uint8Array): Uint8Array {
  const manifest = JSON.parse(Buffer.from(bytes).toString()) as Record<string, unknown>
  const kept = Object.entries(manifest).filter(([member]) => !personal.includes(member))
  return Buffer.from(`${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`)
}

function withoutHolders(text: string, names: readonly string[]): string {
  return names.reduce((rest, name) => rest.replaceAll(name, 'the authors'), text)
}
