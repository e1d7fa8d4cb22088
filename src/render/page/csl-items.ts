import type { Entry, Field } from '../syntax/inherit-fields.ts'
import { spelledOut, variablesOf } from './csl-fields.ts'
import { mapValues, reasonOf } from './map-values.ts'
import {
  addressOf,
  dateOf,
  dateOfParts,
  doiOf,
  isAddress,
  prepareNames,
  prepareValue,
  unescaped,
} from './prepare-values.ts'

/** A work as Citation Style Language has it. */
export type CslItem = { [variable: string]: unknown; id: string }

/** What is wrong with a field of an entry. */
export interface FieldProblem {
  readonly key: string
  /** None: the entry as a whole. */
  readonly field?: string
  readonly reason: string
  readonly isWarning?: true
}

/** The last of the authors of a work that has `others`. */
export const others = '\u2060others'

/**
 * Makes a work of an entry by citation-js, which knows TeX, names and the types of biblatex. It reads no other entry
 * and no field that the style does not print. A field that it cannot read is told, and given without its markup.
 */
export function cslItem(
  entry: Entry,
  id: string,
  isPrinted: (variable: string) => boolean,
): { readonly item: CslItem; readonly problems: readonly FieldProblem[] } {
  const { fields } = entry
  const problems: FieldProblem[] = []
  const values: Record<string, string> = {}
  for (const [name, { value }] of fields) {
    if (value.trim() === '' || !variablesOf(name).some(isPrinted)) continue
    if (name === 'howpublished' && isAddress(value)) continue
    // Proceedings give it to their papers.
    if (/^book(sub)?title/.test(name) && isWhole.test(entry.type)) continue
    if (!hasTitle(name, fields)) continue
    values[name] = prepareValue(name, localized.test(name) ? (spelledOut(value) ?? value) : value)
    if (!people.test(name)) continue
    const { names, doubt } = prepareNames(values[name])
    values[name] = names
    if (doubt === undefined) continue
    const reason = `expected names with \`and\` between them, found ${doubt} in \`${value}\``
    problems.push({ key: entry.key, field: name, reason, isWarning: true })
  }
  const genre = typeGenres.test(entry.type) ? spelledOut(entry.type) : undefined
  if (genre !== undefined && isPrinted('genre')) values.type ??= genre
  const item: CslItem = {
    ...mapAll(entry, values, problems),
    ...addressesOf(fields),
    ...datesOf(fields),
    id,
  }
  const language = languageOf(fields)
  if (language !== undefined) item.language = language
  return { item: composed(item), problems: [...problems, ...unknownCommands(entry.key, values, item)] }
}

// All values at once, or each alone if one of them stops the library.
function mapAll(
  { key, type, fields }: Entry,
  values: Record<string, string>,
  problems: FieldProblem[],
): object {
  try {
    return mapValues(type, values)
  } catch {
    const sound = Object.entries(values).map(([name, value]) => {
      try {
        mapValues(type, { [name]: value })
        return [name, value] as const
      } catch (error) {
        problems.push({ key, field: name, reason: reasonOf(error, fields.get(name)?.value ?? value) })
        return [name, withoutTex(value)] as const
      }
    })
    try {
      return mapValues(type, Object.fromEntries(sound))
    } catch (error) {
      problems.push({ key, reason: reasonOf(error, key) })
      return { type: 'document', title: withoutTex(values.title ?? key) }
    }
  }
}

function withoutTex(value: string): string {
  return value.replace(/[{}$\\]/g, '')
}

// The library writes `undefined` for the title that a subtitle lacks.
function hasTitle(name: string, fields: Entry['fields']): boolean {
  const [, prefix] = /^(|book|main|journal|issue|event)(?:subtitle|titleaddon)$/.exec(name) ?? []
  return prefix === undefined || (fields.get(`${prefix}title`)?.value ?? '').trim() !== ''
}

const people = /^(author|editor|translator|bookauthor)$/
const localized = /^(type|pubstate|series)$/
const typeGenres = /^(phdthesis|mastersthesis|techreport)$/
const isWhole = /^(mv)?(book|collection|proceedings|reference)$/

// The library leaves a command that it does not know as it is.
function unknownCommands(
  key: string,
  values: Record<string, string>,
  { URL: _url, DOI: _doi, ...texts }: CslItem,
): FieldProblem[] {
  const text = JSON.stringify(texts)
  if (!text.includes('\\\\')) return []
  return Object.entries(values).flatMap(([field, value]) => {
    const found = new Set(
      (value.match(/\\[a-zA-Z]{2,}/g) ?? []).filter((command) => text.includes(`\\${command}`)),
    )
    return [...found].map((command): FieldProblem => {
      const reason = `expected text and common commands of TeX, found \`${command}\`: it is printed as text`
      return { key, field, reason, isWarning: true }
    })
  })
}

function addressesOf(fields: Entry['fields']): { URL?: string; DOI?: string } {
  const value = (name: string) => fields.get(name)?.value.trim() || undefined
  const howPublished = value('howpublished')
  const address =
    value('url') ?? (howPublished !== undefined && isAddress(howPublished) ? howPublished : undefined)
  const [doi, eprint] = [value('doi'), value('eprint')]
  const isArxiv = /^arxiv$/i.test(value('archiveprefix') ?? value('eprinttype') ?? '')
  if (address !== undefined || doi !== undefined)
    return { ...(address && { URL: addressOf(address) }), ...(doi && { DOI: doiOf(doi) }) }
  if (eprint === undefined || !isArxiv) return {}
  return { URL: `https://arxiv.org/abs/${unescaped(eprint).replace(/^arxiv:/i, '')}` }
}

function datesOf(fields: Entry['fields']): { [variable: string]: object } {
  const text = (name: string) => textOf(fields.get(name))
  const year = text('year')
  const date = text('date')
  const issued = date !== '' ? dateOf(date) : year !== '' && dateOfParts(year, text('month'), text('day'))
  const others = [
    ['urldate', 'accessed'],
    ['eventdate', 'event-date'],
    ['origdate', 'original-date'],
  ] as const
  const dates = others
    .filter(([name]) => text(name) !== '')
    .map(([name, variable]) => [variable, dateOf(text(name))])
  return { ...Object.fromEntries(dates), ...(issued && { issued }) }
}

// The few values that are read here have hardly any TeX in them.
function textOf(field: Field | undefined): string {
  const value = field?.value.trim() ?? ''
  if (/^[\w/ .-]*$/.test(value) && !value.includes('--')) return value
  try {
    const item = mapValues('misc', { note: prepareValue('note', value) })
    return String(item.note ?? '').trim()
  } catch {
    return withoutTex(value)
  }
}

// A style may write the titles of an English work in another way.
function languageOf(fields: Entry['fields']): string | undefined {
  const language = textOf(fields.get('language')) || textOf(fields.get('langid'))
  return language === '' ? undefined : language.split(/\s+and\s+/).join(', ')
}

// The characters of all texts with their accents; an author named `others` stands for all that are not named.
function composed(item: CslItem): CslItem {
  const whole = JSON.parse(JSON.stringify(item).normalize('NFC')) as CslItem
  for (const [name, value] of Object.entries(whole)) {
    if (!Array.isArray(value)) continue
    const last = value.at(-1) as { family?: string; given?: string } | undefined
    if (/^(others|et al\.?)$/.test(last?.family ?? '') && last?.given === undefined && value.length > 1)
      whole[name] = [...value.slice(0, -1), { literal: others }]
  }
  return whole
}
