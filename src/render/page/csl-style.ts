import { createRequire } from 'node:module'
import { wordsFor } from '../model/words.ts'
import type { CitedWork } from '../syntax/find-citations.ts'
import { type CslItem, others } from './csl-items.ts'
import { cslLocale, readLocale } from './csl-locale.ts'

/** A work that citeproc refuses, by its id. */
interface Refused {
  readonly id: string
  readonly reason: string
}

/** A CSL style with the works of a report. */
interface OpenStyle {
  /** Writes a citation as HTML; to be called once for each, in the order of the document. Throws as citeproc does. */
  cite(works: readonly CitedWork[], isNarrative: boolean): string
  /** The list of references in the order of the style, as HTML. */
  readonly list: readonly { readonly id: string; readonly html: string }[]
  readonly refused: readonly Refused[]
}

/** A style that writes no list of references, which takes most of the time, but knows its order. */
interface BriefStyle extends Pick<OpenStyle, 'cite'> {
  readonly order: readonly string[]
}

interface Engine {
  readonly opt: { readonly update_mode: number; readonly development_extensions: { field_hack: boolean } }
  readonly registry: { getSortedIds(): string[] }
  updateItems(ids: string[]): void
  makeBibliography(): [{ readonly entry_ids: string[][] }, string[]] | false
  processCitationCluster(
    citation: object,
    before: readonly [string, number][],
    after: readonly [],
    flag: number,
  ): [unknown, [number, string, string][]]
}

interface Citeproc {
  readonly Engine: new (system: object, style: string, language: string, isForced: boolean) => Engine
  readonly POSITION: number
  readonly ASSUME_ALL_ITEMS_REGISTERED: number
}

const require = createRequire(import.meta.url)

/**
 * Opens a style by citeproc with all works of a report, in the order in which they are cited. A work that citeproc
 * refuses is listed by its title alone. Throws if the style is none, or has no list of references.
 */
export function openStyle(style: string, items: ReadonlyMap<string, CslItem>, lang: string): OpenStyle {
  const open = (works: ReadonlyMap<string, CslItem>) => {
    const engine = openEngine(style, works, lang)
    return { engine, list: listOf(engine, [...works.keys()], lang) }
  }
  const { opened, refused } = openAll(open, items)
  return { refused, list: opened.list, cite: citing(opened.engine, lang) }
}

/** Opens a style for works that it has written before. Throws as citeproc does. */
export function openBriefStyle(style: string, items: ReadonlyMap<string, CslItem>, lang: string): BriefStyle {
  const engine = openEngine(style, items, lang)
  engine.updateItems([...items.keys()])
  return { order: engine.registry.getSortedIds(), cite: citing(engine, lang) }
}

/** Loads citeproc, which takes some tenths of a second. */
export function loadCiteproc(): {
  readonly citeproc: Citeproc
  readonly locales: { readonly [language: string]: string }
} {
  return {
    citeproc: require('citeproc') as Citeproc,
    locales: require('@citation-js/plugin-csl/lib/locales.json') as { readonly [language: string]: string },
  }
}

function openEngine(style: string, works: ReadonlyMap<string, CslItem>, lang: string): Engine {
  const { citeproc, locales } = loadCiteproc()
  const own = cslLocale(lang)
  const retrieveLocale = (language: string) =>
    language === own && own !== 'en-US' ? readLocale(own) : (locales[language] ?? locales['en-US'])
  const system = { retrieveLocale, retrieveItem: (id: string) => works.get(id) }
  const engine = new citeproc.Engine(system, style, own, true)
  // Else a note of `DOI: 10.1/x` would be a field.
  engine.opt.development_extensions.field_hack = false
  return engine
}

function citing(engine: Engine, lang: string): OpenStyle['cite'] {
  const { citeproc } = loadCiteproc()
  const before: [string, number][] = []
  const needsEarlier = engine.opt.update_mode === citeproc.POSITION
  let count = 0
  return (works, isNarrative) => {
    const citationID = `citation-${count++}`
    const properties = { noteIndex: 0, mode: isNarrative ? 'composite' : '' }
    const citation = { citationID, properties, citationItems: works.map(citationItem) }
    // Where only numbers count, earlier citations need not be given: their number squared would be the time.
    const [, texts] = engine.processCitationCluster(
      citation,
      needsEarlier ? [...before] : [],
      [],
      citeproc.ASSUME_ALL_ITEMS_REGISTERED,
    )
    before.push([citationID, 0])
    return andOthers(texts.find(([, , id]) => id === citationID)![1], lang)
  }
}

type Open = (works: ReadonlyMap<string, CslItem>) => {
  readonly engine: Engine
  readonly list: OpenStyle['list']
}

function openAll(open: Open, items: ReadonlyMap<string, CslItem>) {
  try {
    return { opened: open(items), refused: [] }
  } catch (cause) {
    // The style itself may be the fault: then it refuses no work at all, too.
    open(new Map())
    const refused: Refused[] = []
    for (const [id, item] of items)
      try {
        open(new Map([[id, item]]))
      } catch (error) {
        refused.push({ id, reason: reasonFrom(error) })
      }
    if (refused.length === 0) throw cause
    const bare = refused.map(({ id }) => [
      id,
      { id, type: 'document', title: String(items.get(id)!.title ?? '') },
    ])
    return { opened: open(new Map([...items, ...(bare as [string, CslItem][])])), refused }
  }
}

/** Gives what citeproc throws, an error or a text, in its own words. */
export function reasonFrom(error: unknown): string {
  return String((error as Error | undefined)?.message ?? error).replace(/^citeproc-js error: /, '')
}

function listOf(engine: Engine, ids: string[], lang: string): OpenStyle['list'] {
  engine.updateItems(ids)
  const made = engine.makeBibliography()
  if (made === false)
    throw new Error('expected a style with a `bibliography`, the list of references, found none')
  const [{ entry_ids: entries }, lines] = made
  return lines.map((html, index) => ({ id: entries[index]![0]!, html: andOthers(html, lang) }))
}

function citationItem({ isAuthorHidden, key: id, ...place }: CitedWork): object {
  return { label: 'page', ...place, id, 'suppress-author': isAuthorHidden }
}

// The style wrote a last author of that name.
function andOthers(html: string, lang: string): string {
  const { and } = wordsFor(lang).front
  return html
    .replace(new RegExp(`(,?)\\s+(?:(?:and|${and}|&#38;|&amp;)\\s+)?${others}\\.?`, 'g'), '$1 et al.')
    .replaceAll(others, 'others')
}
