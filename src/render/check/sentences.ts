import type { Nodes, Parents } from 'mdast'
import { visit } from 'unist-util-visit'
import type { ReportTree } from '../model/types.ts'
import { markOf } from '../syntax/marks.ts'

/** About so many characters of prose are shown. */
const width = 60

/**
 * Gives the prose around every value and claim of the chapters, by the number of its expression, cut to about 60
 * characters, with texts in the places of values.
 *
 * @param textOf Gives the text of a value by its number, if it has one.
 */
export function sentencesOf(
  tree: ReportTree,
  textOf: (number: number) => string | undefined,
): ReadonlyMap<number, string> {
  const sentences = new Map<number, string>()
  for (const chapter of tree.chapters)
    visit(chapter.tree, (node) => {
      if (node.type !== 'paragraph' && node.type !== 'heading' && node.type !== 'tableCell') return
      const spans: Span[] = []
      const text = flatten(node, { tree, textOf, spans, offset: 0 })
      for (const span of spans)
        if (!sentences.has(span.number)) sentences.set(span.number, around(text, span))
    })
  return sentences
}

interface Span {
  readonly number: number
  readonly start: number
  readonly end: number
}

interface Flattening {
  readonly tree: ReportTree
  readonly textOf: (number: number) => string | undefined
  readonly spans: Span[]
  readonly offset: number
}

function flatten(node: Nodes, known: Flattening): string {
  const number = markOf(node)?.expression
  const text = number === undefined || 'children' in node ? plain(node, known) : shownText(number, known)
  if (number !== undefined) known.spans.push({ number, start: known.offset, end: known.offset + text.length })
  return text
}

function shownText(number: number, { tree, textOf }: Flattening): string {
  return textOf(number) ?? `[${tree.expressions[number]?.source}]`
}

function plain(node: Nodes, known: Flattening): string {
  if ('children' in node) return flattenAll(node, known)
  if (node.type === 'break') return ' '
  // One character for one: the offsets of values stay true.
  return 'value' in node ? node.value.replace(/\s/g, ' ') : ''
}

function flattenAll({ children }: Parents, known: Flattening): string {
  let text = ''
  for (const child of children) text += flatten(child, { ...known, offset: known.offset + text.length })
  return text
}

/** Cuts a text to about 60 characters around a part of it, between words. */
export function around(text: string, { start, end }: Omit<Span, 'number'>): string {
  const room = Math.max(width - (end - start), 0)
  const from = Math.max(0, Math.min(start - Math.ceil(room / 2), text.length - width))
  const to = Math.min(text.length, from + width)
  const space = text.slice(from, start).search(/\s/)
  const left = from === 0 || space < 0 ? from : from + space
  const last = text.lastIndexOf(' ', to)
  // Within a long claim, or behind the value; one long word is cut where it must be.
  const before = last > left ? last : to
  const right = to === text.length ? to : end > to ? before : Math.max(last, end)
  const cut = text.slice(left, right).replace(/\s+/g, ' ').trim()
  return `${left > 0 ? '…' : ''}${cut}${right < text.length ? '…' : ''}`
}
