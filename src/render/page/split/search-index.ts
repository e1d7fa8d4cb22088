import type { Element, ElementContent } from 'hast'
import { classesOf, isHeading, unescapeHtml } from '../hast.ts'
import type { SearchEntry, SplitPage } from './split-page.ts'

/** Longest index, in characters: of a longer report the ends of long sections are left out. */
const mostCharacters = 2_000_000

/**
 * Writes a script that gives the sections of all pages to the search. A page that was opened as a file may load a
 * script, and nothing else.
 */
export function searchIndex(pages: readonly SplitPage[]): string {
  const entries = bounded(
    pages.flatMap((page) => page.sections.flatMap((section) => entriesOf(section, page))),
  )
  return `globalThis.weftSearch=${JSON.stringify(entries).replaceAll('<', '\\u003c')}\n`
}

function entriesOf(section: Element, { name, title }: SplitPage): SearchEntry[] {
  const found: { id: string; heading: string; text: string[] }[] = [{ id: '', heading: title, text: [] }]
  const visit = (node: ElementContent): void => {
    if (node.type === 'element' && isHeading(node)) {
      const heading = wordsOf(node)
      const isTitle = found.length === 1 && found[0]!.text.join('').trim() === ''
      if (isTitle) found.pop()
      found.push({ id: String(node.properties.id ?? ''), heading, text: [] })
    } else if (node.type === 'element' && isContainer(node)) node.children.forEach(visit)
    else if (node.type !== 'comment') found.at(-1)!.text.push(wordsOf(node))
  }
  section.children.forEach(visit)
  return found
    .map(
      ({ id, heading, text }): SearchEntry => [
        name,
        id,
        heading,
        title,
        text.join(' ').replace(/\s+/g, ' ').trim(),
      ],
    )
    .filter(([, , heading, , text]) => heading !== '' || text !== '')
}

// Headings stand in sections, or in boxes of the author.
function isContainer({ tagName }: Element): boolean {
  return tagName === 'section' || tagName === 'div' || tagName === 'article'
}

// The marks of a drawing are no words, and a formula is written by its source.
function wordsOf(node: ElementContent): string {
  if (node.type === 'text') return node.value
  if (node.type === 'raw') {
    if (node.data?.tex !== undefined) return node.data.tex
    return /^\s*<svg\b/.test(node.value) ? '' : unescapeHtml(node.value.replace(/<[^>]*>/g, ''))
  }
  if (node.type !== 'element' || node.tagName === 'svg' || classesOf(node).includes('katex')) return ''
  const words = node.children.map(wordsOf).join('')
  return /^(?:p|li|td|th|tr|pre|figcaption|div|dd|dt|summary|blockquote)$/.test(node.tagName)
    ? ` ${words} `
    : words
}

function bounded(entries: readonly SearchEntry[]): readonly SearchEntry[] {
  const sizeAt = (most: number) =>
    entries.reduce((sum, [, , , , text]) => sum + Math.min(text.length, most), 0)
  let most = mostCharacters
  while (most > 100 && sizeAt(most) > mostCharacters) most /= 2
  return entries.map(([page, id, title, chapter, text]) => [page, id, title, chapter, text.slice(0, most)])
}
