import type { Element, Root } from 'hast'
import { classesOf, elementsIn, h, isHeading, textContent } from './hast.ts'
import { plainCopy } from './plain-copy.ts'

/** Lists what stands at the top of the pages of each chapter of a body, in order: its first heading, or nothing. */
export function runningTitles(body: Root): readonly string[] {
  return chaptersOf(body).map((chapter) => titleOf(headingOf(chapter)))
}

/**
 * Makes a list that nobody sees, which tells printing what to write at the top of the pages of chapters that begin
 * in mid-page: a link to the heading of each chapter, and its title. The PDF names the page of what a link leads to.
 */
export function runningHeads(body: Root): readonly Element[] {
  const links = chaptersOf(body).flatMap((chapter) => {
    const heading = headingOf(chapter)
    const { id } = heading?.properties ?? {}
    if (typeof id !== 'string') return []
    // No text: it would ask for a font.
    return [h('a', { href: `#${id}`, dataHead: titleOf(heading) }, [])]
  })
  return links.length === 0 ? [] : [h('nav', { className: ['weft-heads'], hidden: true }, links)]
}

function chaptersOf(body: Root): readonly Element[] {
  return [...elementsIn(body)].filter((element) => classesOf(element).includes('weft-chapter'))
}

function headingOf(chapter: Element): Element | undefined {
  return chapter.children.find(
    (child): child is Element => child.type === 'element' && isHeading(child) && !isUnseen(child),
  )
}

function isUnseen(heading: Element): boolean {
  return classesOf(heading).includes('sr-only')
}

function titleOf(heading: Element | undefined): string {
  const words = plainCopy(heading?.children ?? [])
    .map(wordsOfHeading)
    .join('')
  return words.replace(/\s+/g, ' ').trim()
}

// A margin holds no formula: its source stands for it.
function wordsOfHeading(node: Element['children'][number]): string {
  if (node.type === 'raw') return node.data?.tex ?? node.value.replace(/<[^>]*>/g, '')
  return node.type === 'element' ? node.children.map(wordsOfHeading).join('') : textContent(node)
}
