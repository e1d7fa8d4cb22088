import type { Element, ElementContent, Root, RootContent } from 'hast'
import { sha256 } from '../model/digest.ts'
import { wordJoiner } from '../syntax/find-citations.ts'
import type { BibEntry } from '../syntax/parse-bibtex.ts'
import type { BlockCache } from './block-cache.ts'
import { classesOf, textContent } from './hast.ts'

/** What decides how citations look. */
interface CitationOrder {
  /** Folder and name of the BibTeX file. */
  readonly folder: string
  readonly bibliography: string
  readonly entries: readonly BibEntry[]
  readonly strings: readonly string[]
  /** CSL, as XML. */
  readonly style: string
  /** In document order, keys in braces. */
  readonly citations: readonly string[]
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
  /** One a citation. */
  readonly citations: readonly (readonly ElementContent[])[]
  /** In the order of the style. */
  readonly references: readonly Reference[]
  /** Entries that the library cannot read, by key. */
  readonly problems: readonly { readonly key: string; readonly reason: string }[]
}

/** Part of the key: another version of the library, or of this file, writes otherwise. */
const version = 'rehype-citation 2.3.2 weft 1'

/**
 * Formats citations and the list of references by rehype-citation and a CSL style. All citations of a report go in at
 * once, so that their numbers run through it. The library costs half a second to load: it is not, where the cache has
 * the result. It asks nothing of the network: style and locale are at hand. Throws where the style is none.
 */
export async function formatCitations(order: CitationOrder, cache: BlockCache): Promise<Formatted> {
  const { entries, strings, style, citations } = order
  const sources = entries.map(({ source }) => source)
  const key = sha256(JSON.stringify([version, style, strings, sources, citations]))
  const kept = cache.get(key)
  if (kept !== undefined) return JSON.parse(kept) as Formatted
  const formatted = await format(order)
  cache.set(key, JSON.stringify(formatted))
  return formatted
}

async function format(order: CitationOrder): Promise<Formatted> {
  const { Cite, rehypeCitationGenerator } = (await import('rehype-citation')) as unknown as Library
  const problems: { key: string; reason: string }[] = []
  const data = order.entries.flatMap((entry) => {
    try {
      return withArchive(
        new Cite([...order.strings, inBraces(entry.source)].join('\n'), { generateGraph: false }).data,
        entry,
      )
    } catch (error) {
      problems.push({ key: entry.key, reason: bibtexReason(error) })
      return []
    }
  })
  const bad = problems.map(({ key }) => key)
  const isSound = (source: string) => !bad.some((key) => source.includes(`@{${key}}`))
  const name = sha256(order.style)
  Cite.plugins.config.get('@csl').templates.add(name, order.style)
  // The library reads the file itself, and would stop at the first fault in it: it is given what was read here.
  class Entries {
    static readonly plugins = Cite.plugins
    readonly data = data
  }
  const paragraphs = order.citations.map((value): Element => {
    const children: ElementContent[] = isSound(value) ? [{ type: 'text', value }] : []
    return { type: 'element', tagName: 'p', properties: {}, children }
  })
  const tree: Root = { type: 'root', children: [...paragraphs] }
  const options = { csl: name, lang: 'en-US', path: order.folder, bibliography: [order.bibliography] }
  await rehypeCitationGenerator(Entries)(options)(tree, { data: {} })
  const list = tree.children.find((node) => node.type === 'element' && node.properties.id === 'refs')
  return {
    citations: tree.children.slice(0, paragraphs.length).map((node) => contentOf(withoutMarks(node))),
    references: list?.type === 'element' ? referencesOf(list, order.entries) : [],
    problems,
  }
}

// The library knows no entry in parentheses.
function inBraces(source: string): string {
  return source.replace(/^([^({]*)\(([\s\S]*)\)$/, '$1{$2}')
}

// Its messages count lines within a value, and then show it with the rules of the grammar.
function bibtexReason(error: unknown): string {
  const [first, , shown = ''] = (error as Error).message.split('\n')
  const value = /^\d+\s+(.*?) \([\w>-]*\)$/.exec(shown)?.[1]
  const reason = first!.replace(/ at line \d+ col \d+:$/, '')
  return value === undefined ? reason : `${reason} in \`${value}\``
}

type CslItem = Record<string, unknown>

interface Library {
  readonly Cite: {
    new (text: string, options: object): { readonly data: readonly CslItem[] }
    readonly plugins: {
      readonly config: { get(name: string): { templates: { add(name: string, xml: string): void } } }
    }
  }
  rehypeCitationGenerator(cite: unknown): (options: object) => (tree: Root, file: object) => Promise<void>
}

// The library leaves out where a preprint is.
function withArchive(items: readonly CslItem[], { fields }: BibEntry): CslItem[] {
  const eprint = fields.get('eprint')
  const isArxiv = /^arxiv$/i.test(fields.get('archiveprefix') ?? fields.get('eprinttype') ?? '')
  return items.map((item) =>
    eprint && isArxiv && !item.URL && !item.DOI ? { ...item, URL: `https://arxiv.org/abs/${eprint}` } : item,
  )
}

function withoutMarks<Node extends RootContent>(node: Node): Node {
  if (node.type === 'text') return { ...node, value: node.value.replaceAll(wordJoiner, '') }
  return 'children' in node ? { ...node, children: node.children.map(withoutMarks) } : node
}

// The paragraph holds one span of the library's.
function contentOf(node: RootContent): ElementContent[] {
  const [span] = 'children' in node ? node.children : []
  return span?.type === 'element' ? span.children : []
}

function referencesOf(list: Element, entries: readonly BibEntry[]): Reference[] {
  const found = list.children.filter((node): node is Element => node.type === 'element')
  return found.map((node) => {
    // The library writes keys in small letters into ids.
    const id = String(node.properties.id).replace(/^bib-/, '')
    const key = entries.find((entry) => entry.key.toLowerCase() === id)?.key ?? id
    const part = (name: string) =>
      node.children.find(
        (child): child is Element => child.type === 'element' && classesOf(child).includes(name),
      )
    const label = part('csl-left-margin')
    const children = label ? (part('csl-right-inline')?.children ?? []) : node.children
    return { key, children, ...(label ? { label: textContent(label).trim() } : {}) }
  })
}
