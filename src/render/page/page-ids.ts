import { dirname, join } from 'node:path'
import GithubSlugger from 'github-slugger'
import type { Element, Root, RootContent } from 'hast'
import type { VFile } from 'vfile'
import { mostSlips, warn } from '../model/messages.ts'
import { suggestion } from '../model/nearest.ts'
import { visit } from '../model/visit.ts'
import { classesOf, elementsIn, isHeading, textContent } from './hast.ts'

// Given to parts of the page that stand around the chapters.
const ownIds = ['weft-main', 'weft-contents', 'weft-figures', 'weft-tables']

/** What has an id, or gets one, in some nodes of a page. */
export interface IdPlaces {
  /** Ids that are given, in document order, with the first element of each. */
  readonly ids: ReadonlyMap<string, Element>
  readonly headings: readonly {
    readonly element: Element
    readonly level: number
    readonly own: string | undefined
    readonly text: string
  }[]
  /** Tables with a caption. */
  readonly tables: readonly {
    readonly caption: Element
    readonly table: Element
    readonly own: string | undefined
    readonly wanted: string
  }[]
}

/** Finds what has an id, or gets one, in some nodes of a page. */
export function idPlacesOf(nodes: readonly RootContent[]): IdPlaces {
  const elements = nodes.flatMap((node) => [...elementsIn(node)])
  const idOf = ({ properties: { id } }: Element) => (typeof id === 'string' ? id : undefined)
  const ids = new Map<string, Element>()
  for (const element of elements) {
    const id = idOf(element)
    if (id !== undefined && !ids.has(id)) ids.set(id, element)
  }
  return {
    ids,
    headings: elements.filter(isHeading).map((element) => ({
      element,
      level: Number(element.tagName[1]),
      own: idOf(element),
      text: textOfHeading(element),
    })),
    tables: elements.flatMap((element) => {
      const [caption, table] = [first(element, 'figcaption'), first(element, 'table')]
      if (element.tagName !== 'figure' || !caption || !table) return []
      const id = idOf(element)
      const wanted = id === undefined ? 'weft-caption' : `${id}-caption`
      return [{ caption, table, own: idOf(caption), wanted }]
    }),
  }
}

/**
 * Sets headings down by `shift` levels, at most to h6, and gives each an id of its own: its own one if it has
 * one, else one made of its text. Ties each table to its caption, by an id that nothing else on the page has. Changes
 * the elements in place; gives the ids of each part, and those that all of them have.
 *
 * @param parts all parts of a page, in order
 */
export function placeIds(
  parts: readonly IdPlaces[],
  shift: number,
): { readonly given: readonly string[]; readonly taken: ReadonlySet<string> } {
  const slugger = new GithubSlugger()
  for (const id of ownIds) reserve(id, slugger)
  // Ids that are given are taken, wherever they stand.
  for (const { ids } of parts) for (const id of ids.keys()) reserve(id, slugger)
  const taken = new Set<string>(parts.flatMap(({ ids }) => [...ids.keys()]))
  const given = parts.map(({ headings }) => {
    let all = ''
    for (const { element, level, own, text } of headings) {
      const id = own ?? (slugger.slug(text) || slugger.slug('section'))
      element.tagName = `h${Math.min(6, level + shift)}`
      element.properties.id = id
      taken.add(id)
      all += `${element.tagName} ${id}\n`
    }
    return all
  })
  // A figure in a figure has the caption of both.
  const named = new Map<Element, string>()
  const captions = parts.map(({ tables }) => {
    let all = ''
    for (const { caption, table, own, wanted } of tables) {
      const id = own ?? named.get(caption) ?? freeId(wanted, taken)
      named.set(caption, id)
      caption.properties.id = id
      table.properties.ariaLabelledBy = [id]
      all += `${id}\n`
    }
    return all
  })
  return { given: given.map((ids, index) => ids + captions[index]), taken }
}

// Without the section's number: a link from elsewhere outlives a chapter that is put before.
function textOfHeading({ children }: Element): string {
  const rest = children.filter(
    (child) => child.type !== 'element' || !classesOf(child).includes('weft-section-number'),
  )
  return rest.map(textContent).join('').trim()
}

function reserve(id: string, slugger: GithubSlugger): void {
  slugger.occurrences[id] ??= 0
}

function freeId(wanted: string, taken: Set<string>): string {
  let id = wanted
  for (let count = 2; taken.has(id); count++) id = `${wanted}-${count}`
  taken.add(id)
  return id
}

// A table may have a box of its own by now.
function first(figure: Element, tagName: string): Element | undefined {
  for (const element of elementsIn(figure)) if (element.tagName === tagName) return element
  return undefined
}

/**
 * Warns about links that lead nowhere: to an id that the page does not have, to a chapter as a file, or without
 * words to press.
 *
 * @param body The page, whose parts all have their ids.
 * @param trees The chapters, with their files in the same order.
 */
export function reportDeadLinks(body: Root, trees: readonly Root[], files: readonly VFile[]): void {
  const ids = new Set(idsOf(body))
  const chapters = files.map(({ path }) => path)
  let dead = 0
  for (const [index, tree] of trees.entries()) {
    const file = files[index]!
    for (const { address, place, hasWords } of linksIn(tree)) {
      if (dead >= mostSlips) return
      const reason = deadReason(address, { ids, chapters, folder: dirname(file.path), hasWords })
      if (reason === undefined) continue
      dead += 1
      warn(file, 'reference-resolves', reason, place)
    }
  }
}

interface Page {
  readonly ids: ReadonlySet<string>
  readonly chapters: readonly string[]
  readonly folder: string
  readonly hasWords: boolean
}

function deadReason(address: string, { ids, chapters, folder, hasWords }: Page): string | undefined {
  const [path = '', fragment = ''] = address.split('#', 2)
  if (path !== '') {
    const label = decoded(path).replace(/^@/, '')
    if (ids.has(label) && isLabel.test(label)) return `Unexpected link to \`${path}\`, expected \`#${label}\``
    if (!chapters.includes(join(folder, decoded(path)))) return undefined
    return `Unexpected link to the chapter \`${path}\`, expected \`#\` and the label of a section: the report is one page`
  }
  const id = decoded(fragment)
  // A browser knows `#` and `#top`.
  if (id !== '' && id !== 'top' && !ids.has(id))
    return `Unexpected link to \`#${id}\`, expected a label or a heading of the report, found none of that name${suggestion(id, [...ids])}`
  return hasWords
    ? undefined
    : `Unexpected link to \`#${id}\` without words, expected some between its brackets, or \`@${id}\``
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const isLabel = /^(?:fig|tbl|sec|eq|lst)-/

interface PageLink {
  readonly address: string
  readonly place: Element['position']
  readonly hasWords: boolean
}

// Links that Markdown or the author's HTML has; those of citations and contents are the tool's own.
function linksIn(tree: Root): PageLink[] {
  const found: PageLink[] = []
  visit(tree, (node) => {
    if (node.type === 'raw')
      for (const [, address = ''] of node.value.matchAll(/<a\s[^>]*?\bhref\s*=\s*["']?([^"'\s>]+)/gi))
        found.push({ address, place: node.position, hasWords: true })
    if (node.type !== 'element' || node.tagName !== 'a' || node.position === undefined) return
    const hasWords = node.children.some((child) => child.type !== 'text' || child.value.trim() !== '')
    found.push({ address: String(node.properties.href ?? ''), place: node.position, hasWords })
  })
  return found.filter(({ address }) => /^[^:]*(?:#|\.md$)|^@?(?:fig|tbl|sec|eq|lst)-[^.:]*$/.test(address))
}

function idsOf(body: Root): string[] {
  const ids: string[] = []
  visit(body, (node) => {
    if (node.type === 'raw')
      for (const [, id = ''] of node.value.matchAll(/\s(?:id|name)\s*=\s*["']?([^"'\s>]+)/gi)) ids.push(id)
    else if (node.type === 'element')
      for (const id of [node.properties.id, node.properties.name]) if (typeof id === 'string') ids.push(id)
  })
  return ids
}
