import type { Element, ElementContent, Root } from 'hast'
import { fromParse5 } from 'hast-util-from-parse5'
import { parseFragment } from 'parse5'
import { sha256 } from '../model/digest.ts'
import type { CitedWork } from '../syntax/find-citations.ts'
import type { Entry } from '../syntax/inherit-fields.ts'
import type { BlockCache } from './block-cache.ts'
import type { FieldProblem } from './csl-items.ts'
import { classesOf, textContent } from './hast.ts'

/** One citation, in the order of the document. */
interface CitationText {
  readonly works: readonly CitedWork[]
  readonly isNarrative: boolean
}

/** What decides how citations look. */
interface CitationOrder {
  /** All entries that are cited. */
  readonly entries: readonly Entry[]
  /** CSL, as XML. */
  readonly style: string
  /** BCP 47 tag. */
  readonly lang: string
  readonly citations: readonly CitationText[]
}

/** One line of the list of references. */
export interface Reference {
  readonly key: string
  /** `[1]`, of a style with numbers. */
  readonly label?: string
  readonly children: readonly ElementContent[]
}

/** Citations and references as a style writes them. */
export interface Formatted {
  /** One a citation; undefined if it cannot be written. */
  readonly citations: readonly (readonly ElementContent[] | null)[]
  /** In the order of the style. */
  readonly references: readonly Reference[]
  /** The list of references to show in a draft. */
  readonly listed?: readonly Reference[]
  readonly problems: readonly FieldProblem[]
}

/** Part of the key: another version of the libraries, or of these files, writes otherwise. */
const version = 'citeproc 2.4.63 citation-js 0.7.21 weft 3'

/**
 * Formats citations and the list of references by citeproc and a CSL style. All citations of a report go in at once,
 * so that their numbers run through it. The libraries cost half a second to load: they are not, where the cache has
 * the result. Throws where the style is none.
 *
 * @param earlier What was written before: for a draft, whose references have their new order, but their old words.
 */
export async function formatCitations(
  order: CitationOrder,
  cache: BlockCache,
  earlier?: Formatted,
): Promise<Formatted> {
  const { entries, style, lang, citations } = order
  const sources = entries.map(({ key, type, fields }) => [
    key,
    type,
    [...fields].map(([name, { value }]) => [name, value]),
  ])
  const texts = citations.map(({ works, isNarrative }) => [works, isNarrative])
  const key = sha256(JSON.stringify([version, style, lang, sources, texts]))
  const kept = cache.get(key)
  if (kept !== undefined) return JSON.parse(kept) as Formatted
  const brief = earlier && (await formatBriefly(order, earlier))
  if (brief) return brief
  const formatted = await format(order)
  cache.set(key, JSON.stringify(formatted))
  return formatted
}

async function format({ entries, style, lang, citations }: CitationOrder): Promise<Formatted> {
  const { openStyle, reasonFrom } = await import('./csl-style.ts')
  const { ids, items, keyOf, problems: found } = await itemsOf({ entries, style })
  const { cite, list, refused } = openStyle(style, items, lang)
  const problems = [...found, ...refused.map(({ id, reason }) => ({ key: keyOf(id), reason }))]
  const written = citations.map((citation) => {
    try {
      return toHast(citeWorks(citation, ids, cite))
    } catch (error) {
      problems.push({ key: citation.works[0]!.key, reason: reasonFrom(error) })
      return null
    }
  })
  const references = list.map(({ id, html }) => referenceOf(keyOf(id), toHast(html)))
  return { citations: written, references, problems }
}

// Nothing if it is not certain that this is what the style would write.
async function formatBriefly(
  { entries, style, lang, citations }: CitationOrder,
  { references, problems }: Formatted,
): Promise<Formatted | undefined> {
  const known = new Map(references.map((reference) => [reference.key, reference]))
  if (problems.length > 0 || entries.some(({ key }) => !known.has(key))) return undefined
  const { openBriefStyle } = await import('./csl-style.ts')
  const { ids, items, keyOf } = await itemsOf({ entries, style })
  try {
    const { cite, order } = openBriefStyle(style, items, lang)
    const written = citations.map((citation) => toHast(citeWorks(citation, ids, cite)))
    const ordered = order.map((id) => known.get(keyOf(id))!)
    return { citations: written, references: ordered, listed: references, problems }
  } catch {
    return undefined
  }
}

async function itemsOf({ entries, style }: Pick<CitationOrder, 'entries' | 'style'>) {
  const { cslItem } = await import('./csl-items.ts')
  const named = new Set(
    [...style.matchAll(/\bvariable="([^"]*)"/g)].flatMap(([, names]) => names!.split(/\s+/)),
  )
  // Keys may be names that every object has, so the libraries get others.
  const ids = new Map(entries.map(({ key }, index) => [key, `entry-${index}`]))
  const made = entries.map((entry) => cslItem(entry, ids.get(entry.key)!, (variable) => named.has(variable)))
  return {
    ids,
    items: new Map(made.map(({ item }) => [item.id, item])),
    keyOf: (id: string) => entries[Number(id.slice('entry-'.length))]!.key,
    problems: made.flatMap((one) => one.problems),
  }
}

function citeWorks(
  { works, isNarrative }: CitationText,
  ids: ReadonlyMap<string, string>,
  cite: (works: readonly CitedWork[], isNarrative: boolean) => string,
): string {
  return cite(
    works.map((work) => ({ ...work, key: ids.get(work.key)! })),
    isNarrative,
  )
}

function toHast(html: string): ElementContent[] {
  return (fromParse5(parseFragment(html)) as Root).children as ElementContent[]
}

function referenceOf(key: string, nodes: readonly ElementContent[]): Reference {
  const entry = nodes.find((node) => node.type === 'element')
  const children = entry?.children ?? []
  const part = (name: string) =>
    children.find((child): child is Element => child.type === 'element' && classesOf(child).includes(name))
  const label = part('csl-left-margin')
  if (!label) return { key, children }
  return { key, children: part('csl-right-inline')?.children ?? [], label: textContent(label).trim() }
}
