import type { Element, ElementContent, Root } from 'hast'
import type { FrontMatter } from '../model/types.ts'
import { classesOf, elementsIn, escapeHtml, unescapeHtml } from './hast.ts'

/**
 * Writes what the head of a page says of its report: authors and keywords, and on a screen also what search engines
 * (`citation_...`, as Google Scholar asks) and links to the page (Open Graph) show of it.
 *
 * @param description undefined for print
 */
export function metadata(front: FrontMatter, description: string | undefined): string[] {
  const { author, keywords = [], title, date, lang } = front
  const names = author.map(({ name }) => name)
  const all = [
    ...names.map((name) => named('author', name)),
    ...(keywords.length > 0 ? [named('keywords', keywords.join(', '))] : []),
  ]
  if (description === undefined) return all
  const day = /^\d{4}-\d{2}-\d{2}$/.test(date ?? '') ? date! : ''
  return [
    ...all,
    named('description', description),
    named('date', day),
    ...[property('og:type', 'article'), property('og:title', title)],
    ...[property('og:description', description), property('article:published_time', day)],
    named('citation_title', title),
    ...names.map((name) => named('citation_author', name)),
    named('citation_publication_date', day.replaceAll('-', '/')),
    named('citation_language', lang),
    named('citation_keywords', keywords.join('; ')),
  ].filter((element) => !element.endsWith('content="">'))
}

function named(name: string, content: string): string {
  return `<meta name="${name}" content="${escapeHtml(content)}">`
}

function property(name: string, content: string): string {
  return `<meta property="${name}" content="${escapeHtml(content)}">`
}

const longest = 300

/** Gives the abstract of a report in one line, at most 300 characters that end with a word; '' without an abstract. */
export function descriptionOf(body: Root): string {
  for (const element of elementsIn(body)) {
    if (!classesOf(element).includes('weft-abstract')) continue
    const paragraphs = element.children.filter(isProse)
    const text = paragraphs.map(wordsOf).join('').replace(/\s+/g, ' ').trim()
    if (text.length <= longest) return text
    return `${text.slice(0, text.lastIndexOf(' ', longest)).replace(/[,;:.]$/, '')} …`
  }
  return ''
}

// What a figure, a table or code says is no description.
function isProse(child: ElementContent): boolean {
  if (child.type !== 'element') return child.type === 'text'
  return ['p', 'ul', 'ol', 'dl', 'blockquote'].includes(child.tagName) && !isLabel(child)
}

function isLabel(element: Element): boolean {
  return classesOf(element).includes('weft-label')
}

// A formula is written by its source, and a drawing has no words.
function wordsOf(node: ElementContent): string {
  if (node.type === 'text') return node.value
  if (node.type === 'raw')
    return (
      node.data?.tex ??
      (/^\s*<svg\b/.test(node.value) ? '' : unescapeHtml(node.value.replace(/<[^>]*>/g, '')))
    )
  if (node.type !== 'element') return ''
  return `${node.children.map(wordsOf).join('')}${node.tagName === 'p' ? ' ' : ''}`
}
