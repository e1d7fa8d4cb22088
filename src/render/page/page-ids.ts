import { dirname, join } from 'node:path'
import GithubSlugger from 'github-slugger'
import type { Element, Root } from 'hast'
import { visit } from 'unist-util-visit'
import type { VFile } from 'vfile'
import { mostSlips, warn } from '../model/messages.ts'
import { suggestion } from '../model/nearest.ts'
import { classesOf, elementsIn, isHeading, textContent } from './hast.ts'

// Given to parts of the page that stand around the chapters.
const ownIds = ['weft-main', 'weft-contents', 'weft-figures', 'weft-tables']

/**
 * Sets headings down by `shift` levels, at most to h6, and gives each an id of its own: its own one if it has
 * one, else one made of its text.
 */
export function placeHeadings(trees: readonly Root[], shift: number): void {
  const slugger = new GithubSlugger()
  for (const id of ownIds) reserve(id, slugger)
  // Ids that are given are taken, wherever they stand.
  for (const tree of trees) for (const { properties } of elementsIn(tree)) reserve(properties.id, slugger)
  for (const tree of trees)
    for (const heading of elementsIn(tree)) {
      if (!isHeading(heading)) continue
      heading.tagName = `h${Math.min(6, Number(heading.tagName[1]) + shift)}`
      heading.properties.id ??= slugger.slug(textOfHeading(heading)) || slugger.slug('section')
    }
}

// Without the section's number: a link from elsewhere outlives a chapter that is put before.
function textOfHeading({ children }: Element): string {
  const rest = children.filter(
    (child) => child.type !== 'element' || !classesOf(child).includes('weft-section-number'),
  )
  return rest.map(textContent).join('').trim()
}

function reserve(id: unknown, slugger: GithubSlugger): void {
  if (typeof id === 'string') slugger.occurrences[id] ??= 0
}

/**
 * Ties each table of a page to its caption, by an id that nothing else there has; changes the trees in place, once
 * all else has its id.
 */
export function nameTables(trees: readonly Root[]): void {
  const taken = new Set<string>()
  for (const tree of trees)
    for (const { properties } of elementsIn(tree))
      if (typeof properties.id === 'string') taken.add(properties.id)
  for (const tree of trees)
    for (const element of elementsIn(tree)) if (element.tagName === 'figure') nameByCaption(element, taken)
}

function nameByCaption(figure: Element, taken: Set<string>): void {
  const caption = first(figure, 'figcaption')
  const table = first(figure, 'table')
  if (!caption || !table) return
  const { id } = figure.properties
  caption.properties.id ??= freeId(typeof id === 'string' ? `${id}-caption` : 'weft-caption', taken)
  table.properties.ariaLabelledBy = [String(caption.properties.id)]
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
