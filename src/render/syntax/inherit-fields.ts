import type { VFile } from 'vfile'
import { warn } from '../model/messages.ts'
import type { BibEntry, BibField } from './parse-bibtex.ts'

/** One file of a bibliography. */
export interface BibFile {
  readonly file: VFile
  /** Gives the place of an offset in the file. */
  pointAt(offset: number): { readonly line: number; readonly column: number; readonly offset: number }
}

/** A field, and the file in which it is: that of another entry if it is inherited. */
export interface Field extends BibField {
  readonly of: BibFile
}

/** An entry of a bibliography. */
export interface Entry extends Omit<BibEntry, 'fields'> {
  readonly of: BibFile
  readonly fields: ReadonlyMap<string, Field>
  /** The entries whose fields it has. */
  readonly parents: readonly Entry[]
}

// What is said of an entry itself, not of the work.
const own =
  /^(ids|crossref|xref|xdata|entryset|entrysubtype|execute|label|options|presort|related.*|shorthand.*|sort.*|key|keywords|file|abstract|annote|annotation)$/
const titles = /^(title|subtitle|titleaddon|shorttitle|indextitle|indexsorttitle)$/

// A part of a work takes the title of the whole for another field than its own title.
const wholes = new Map<string, readonly [prefix: string, ...parts: string[]]>()
const volumes = [
  'book',
  'inbook',
  'bookinbook',
  'suppbook',
  'collection',
  'incollection',
  'suppcollection',
  'reference',
  'inreference',
  'proceedings',
  'inproceedings',
  'conference',
]
const chapters = [
  'inbook',
  'bookinbook',
  'suppbook',
  'incollection',
  'suppcollection',
  'inreference',
  'inproceedings',
  'conference',
]
for (const type of ['mvbook', 'mvcollection', 'mvreference', 'mvproceedings'])
  wholes.set(type, ['main', ...volumes])
for (const type of ['book', 'collection', 'reference', 'proceedings']) wholes.set(type, ['book', ...chapters])
wholes.set('periodical', ['journal', 'article', 'suppperiodical'])

// An entry that has one of these fields inherits none of the others.
const kin = [
  ['year', 'month', 'day', 'date'],
  ['journal', 'journaltitle'],
  ['address', 'location'],
  ['school', 'institution'],
]

const longestChain = 50

/**
 * Adds to each entry the fields that it lacks, of the entries that `xdata`, `crossref` and `xref` name without regard
 * to case, as biblatex does. Entries of the type `xdata` hold fields for others and are left out. May report
 * `bibliography-reads` at a name of no entry, or of one that refers back to it.
 */
export function inheritFields(entries: readonly Entry[]): Entry[] {
  const byKey = new Map(entries.map((entry) => [entry.key.toLowerCase(), entry]))
  const done = new Map<Entry, Entry>()
  const open = new Set<Entry>()
  return entries.filter(({ type }) => type !== 'xdata').map(complete)

  function complete(entry: Entry): Entry {
    const known = done.get(entry)
    if (known) return known
    open.add(entry)
    const fields = new Map(entry.fields)
    const parents: Entry[] = []
    for (const name of ['xdata', 'crossref', 'xref'])
      for (const parent of parentsOf(entry, name)) {
        parents.push(parent)
        const given = name === 'xdata' ? parent.fields : passedOn(parent, entry.type)
        for (const [inherited, field] of given)
          if (!own.test(inherited) && isAbsent(entry.fields, inherited) && !fields.has(inherited))
            fields.set(inherited, field)
      }
    open.delete(entry)
    const whole = parents.length === 0 ? entry : { ...entry, fields, parents }
    done.set(entry, whole)
    return whole
  }

  function parentsOf(entry: Entry, name: string): Entry[] {
    const field = entry.fields.get(name)
    if (!field) return []
    const names = (name === 'xdata' ? field.value.split(',') : [field.value]).map((key) => key.trim())
    return [...new Set(names)].filter(Boolean).flatMap((key) => {
      const parent = byKey.get(key.toLowerCase())
      if (parent && !open.has(parent) && open.size < longestChain) return [complete(parent)]
      const isCircle = parent !== undefined && open.has(parent)
      const found = isCircle
        ? 'one that refers back to it'
        : parent
          ? `a chain of more than ${longestChain}`
          : 'none'
      const reason = `Cannot inherit from \`${key}\` in \`${entry.key}\`, expected the key of another entry, found ${found}`
      warn(field.of.file, 'bibliography-reads', reason, field.of.pointAt(field.offset))
      return []
    })
  }
}

// A field that is there but empty inherits nothing, either.
function isAbsent(fields: Entry['fields'], name: string): boolean {
  if (fields.has(name)) return false
  return !kin.some((names) => names.includes(name) && names.some((other) => fields.has(other)))
}

// The fields of a whole under the names that a part has them.
function passedOn({ type: whole, fields }: Entry, part: string): Map<string, Field> {
  const [prefix, ...parts] = wholes.get(whole) ?? ['']
  if (!parts.includes(part)) return new Map(fields)
  const passed = new Map([...fields].filter(([name]) => !titles.test(name)))
  for (const name of ['title', 'subtitle', 'titleaddon']) {
    const title = fields.get(name)
    if (title && !passed.has(`${prefix}${name}`)) passed.set(`${prefix}${name}`, title)
  }
  const author = fields.get('author')
  if (prefix === 'book' && author && /^(in|supp|bookin)book$/.test(part)) passed.set('bookauthor', author)
  return passed
}
