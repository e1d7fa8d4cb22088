import GithubSlugger from 'github-slugger'
import type { Element, Root } from 'hast'
import { classesOf, elementsIn, textOf } from './hast.ts'

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
      heading.properties.id ??= slugger.slug(titleOf(heading)) || slugger.slug('section')
    }
}

/** Says whether an element is a heading, h1 to h6. */
export function isHeading(element: Element): boolean {
  return /^h[1-6]$/.test(element.tagName)
}

// Without the section's number: a link from elsewhere outlives a chapter that is put before.
function titleOf({ children }: Element): string {
  const rest = children.filter(
    (child) => child.type !== 'element' || !classesOf(child).includes('weft-section-number'),
  )
  return rest.map(textOf).join('').trim()
}

function reserve(id: unknown, slugger: GithubSlugger): void {
  if (typeof id === 'string') slugger.occurrences[id] ??= 0
}
