import { createRequire } from 'node:module'
import type { Entry, Field } from '../syntax/inherit-fields.ts'
import { spelledOut, variablesOf } from './csl-fields.ts'
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
import {
  argumentCommands,
  commands,
  mathAccents,
  mathCommands,
  plainCommands,
  switches,
} from './tex-commands.ts'

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
    ...readItem(entry, values, problems),
    ...addressesOf(fields),
    ...datesOf(fields),
    id,
  }
  const language = languageOf(fields)
  if (language !== undefined) item.language = language
  return { item: composed(item), problems: [...problems, ...unknownCommands(entry.key, values, item)] }
}

const people = /^(author|editor|translator|bookauthor)$/
// The library writes `undefined` for the title that a subtitle lacks.
function hasTitle(name: string, fields: Entry['fields']): boolean {
  const [, prefix] = /^(|book|main|journal|issue|event)(?:subtitle|titleaddon)$/.exec(name) ?? []
  return prefix === undefined || (fields.get(`${prefix}title`)?.value ?? '').trim() !== ''
}

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

interface Library {
  readonly plugins: {
    readonly input: { chain(entries: readonly object[], options: object): CslItem[] }
    readonly config: { get(name: '@bibtex'): BibtexSettings }
  }
}

type Table = { [name: string]: unknown }

interface BibtexSettings {
  readonly constants: { readonly [table: string]: Table }
  readonly types: { readonly biblatex: { readonly source: Table } }
}

const tables = [
  'commands',
  'mathCommands',
  'diacritics',
  'argumentCommands',
  'formattingCommands',
  'formattingEnvs',
]
const { plugins, types } = openLibrary()

function openLibrary() {
  const require = createRequire(import.meta.url)
  const { plugins } = require('@citation-js/core') as Library
  require('@citation-js/plugin-bibtex')
  const { constants, types } = plugins.config.get('@bibtex')
  const without = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, undefined]))
  // It is an accent, too.
  delete constants.commands!.textcommabelow
  Object.assign(constants.commands!, commands)
  Object.assign(constants.mathCommands!, mathCommands)
  Object.assign(constants.diacritics!, mathAccents)
  Object.assign(constants.argumentCommands!, argumentCommands)
  Object.assign(constants.formattingCommands!, without(plainCommands))
  Object.assign(constants.formattingEnvs!, without(switches))
  // It asks whether a name is `in` a table: `\constructor` is in every object.
  for (const name of tables) Object.setPrototypeOf(constants[name]!, null)
  return { plugins, types: types.biblatex.source }
}

// The types of biblatex that the library does not know.
const aliases = new Map(
  Object.entries({
    suppbook: 'inbook',
    bookinbook: 'inbook',
    suppcollection: 'incollection',
    suppperiodical: 'article',
  }),
)

function readItem(
  { key, type: written, fields }: Entry,
  values: Record<string, string>,
  problems: FieldProblem[],
): CslItem {
  const type = aliases.get(written) ?? (Object.hasOwn(types, written) ? written : 'misc')
  const read = (properties: Record<string, string>) => {
    const [item] = plugins.input.chain([{ type, label: 'entry', properties }], {
      generateGraph: false,
      forceType: '@biblatex/entries+list',
    })
    return item!
  }
  try {
    return read(values)
  } catch {
    const sound = Object.entries(values).map(([name, value]) => {
      try {
        read({ [name]: value })
        return [name, value]
      } catch (error) {
        problems.push({ key, field: name, reason: reasonOf(error, fields.get(name)?.value ?? value) })
        return [name, value.replace(/[{}$\\]/g, '')]
      }
    })
    return read(Object.fromEntries(sound))
  }
}

// Its messages count lines within a value, and then show it with the rules of the grammar.
function reasonOf(error: unknown, value: string): string {
  if ((value.match(/(?<!\\)\$/g) ?? []).length % 2 === 1)
    return `expected a second \`$\` that ends its formula, or \`\\$\` for a dollar, found none in \`${value}\``
  const [first = ''] = (error as Error).message.split('\n')
  const reason = first
    .replace(/ at line \d+ col \d+:$/, '')
    .replace(/ got /, ' found ')
    .replace(/"(\w+)"|\bEOF\b/g, (token, name) => signs[name ?? token] ?? token)
  return `${reason.startsWith('invalid syntax') ? 'expected common TeX' : reason} in \`${value}\``
}

const signs: { readonly [token: string]: string } = {
  ...{
    lbrace: '`{`',
    rbrace: '`}`',
    mathShift: '`$`',
    comma: 'a comma',
    and: '`and`',
    text: 'text',
    EOF: 'its end',
  },
  ...{ whitespace: 'a space', command: 'a command', commandEnd: '`\\end`', hyphen: 'a hyphen' },
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
    const [item] = plugins.input.chain(
      [{ type: 'misc', label: 'entry', properties: { note: prepareValue('note', value) } }],
      {
        generateGraph: false,
        forceType: '@biblatex/entries+list',
      },
    )
    return String(item!.note ?? '').trim()
  } catch {
    return value.replace(/[{}$\\]/g, '')
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
