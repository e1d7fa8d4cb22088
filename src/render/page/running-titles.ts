import type { Element, Root } from 'hast'
import { classesOf, elementsIn, isHeading, textContent } from './hast.ts'
import { plainCopy } from './plain-copy.ts'

/** Lists what stands at the top of the pages of each chapter of a body, in order: its first heading, or nothing. */
export function runningTitles(body: Root): readonly string[] {
  return [...elementsIn(body)]
    .filter((element) => classesOf(element).includes('weft-chapter'))
    .map((chapter) => titleOfChapter(chapter))
}

function titleOfChapter(chapter: Element): string {
  const heading = chapter.children.find(
    (child): child is Element => child.type === 'element' && isHeading(child),
  )
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
