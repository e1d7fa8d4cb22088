import GithubSlugger from 'github-slugger'
import type { Element, Root } from 'hast'
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
