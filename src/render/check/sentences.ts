import type { Nodes, Parents } from 'mdast'
import { markdownOf } from '../execute/expressions.ts'
import type { LockedProfile } from '../model/lock.ts'
import type { Cell, Output, ReportTree } from '../model/types.ts'
import { visit } from '../model/visit.ts'
import { markOf } from '../syntax/marks.ts'
import type { Numbers } from './numbers.ts'
import { acceptedOf } from './numbers.ts'

const blocks: readonly string[] = ['paragraph', 'heading', 'tableCell', 'defListTerm']

/** Approximate number of characters of prose to show. */
const width = 60

/** A text, and where in it something stands. */
export interface Passage {
  readonly text: string
  readonly start: number
  readonly end: number
}

/**
 * Gives the prose around every value and claim of the chapters, by its id, cut to about 60 characters, with values
 * replaced by their texts.
 *
 * @param textOf Gives the text of a value by its id, if it has one.
 */
export function sentencesOf(
  tree: ReportTree,
  textOf: (id: string) => string | undefined,
): ReadonlyMap<string, string> {
  return new Map([...passagesOf(tree, textOf)].map(([id, passage]) => [id, around(passage.text, passage)]))
}

/** Gives the paragraph, heading or table cell of every value and claim as {@link sentencesOf} does, but whole. */
export function passagesOf(
  tree: ReportTree,
  textOf: (id: string) => string | undefined,
): ReadonlyMap<string, Passage> {
  const sources = new Map(tree.expressions.map(({ id, source }) => [id, source]))
  const shown = (id: string) => textOf(id) ?? `[${sources.get(id)}]`
  const passages = new Map<string, Passage>()
  for (const chapter of tree.chapters)
    visit(chapter.tree, (node) => {
      if (!blocks.includes(node.type)) return
      const spans: Span[] = []
      const text = flatten(node, { shown, spans, offset: 0 })
      for (const { id, start, end } of spans) if (!passages.has(id)) passages.set(id, { text, start, end })
    })
  return passages
}

interface Span {
  readonly id: string
  readonly start: number
  readonly end: number
}

interface Flattening {
  readonly shown: (id: string) => string
  readonly spans: Span[]
  readonly offset: number
}

function flatten(node: Nodes, known: Flattening): string {
  const id = markOf(node)?.expression
  const text = id === undefined || 'children' in node ? plain(node, known) : known.shown(id)
  if (id !== undefined) known.spans.push({ id, start: known.offset, end: known.offset + text.length })
  return text
}

function plain(node: Nodes, known: Flattening): string {
  if ('children' in node) return flattenAll(node, known)
  if (node.type === 'break') return ' '
  // Replace one character with one, so that the offsets of values stay valid.
  return 'value' in node ? node.value.replace(/\s/g, ' ') : ''
}

function flattenAll({ children }: Parents, known: Flattening): string {
  let text = ''
  for (const child of children) text += flatten(child, { ...known, offset: known.offset + text.length })
  return text
}

/** Cuts a text between words to about 60 characters around a part of it. */
export function around(text: string, { start, end }: Omit<Span, 'id'>): string {
  const room = Math.max(width - (end - start), 0)
  const from = Math.max(0, Math.min(start - Math.ceil(room / 2), text.length - width))
  const to = Math.min(text.length, from + width)
  const space = text.slice(from, start).search(/\s/)
  const left = from === 0 || space < 0 ? from : from + space
  const last = text.lastIndexOf(' ', to)
  // Cut inside a long claim or after the value; cut one long word anywhere.
  const before = last > left ? last : to
  const right = to === text.length ? to : end > to ? before : Math.max(last, end)
  const cut = text.slice(left, right).replace(/\s+/g, ' ').trim()
  return `${left > 0 ? '…' : ''}${cut}${right < text.length ? '…' : ''}`
}

/**
 * Gives the prose around every value and claim, including those in outputs of cells, with the accepted values in it.
 */
export function allSentences(
  tree: ReportTree,
  numbers: Numbers,
  locked: LockedProfile,
): ReadonlyMap<string, string> {
  const accepted = acceptedOf(numbers, locked)
  const texts = new Map([...numbers.shown].map(([id, { shown }]) => [id, (accepted.get(id) ?? shown)?.text]))
  const ofOutputs = [...numbers.shown.values()].flatMap(({ expression }) => {
    const { id, source } = expression
    // An output has the position of its cell.
    const cell = tree.cells.find((one) => one.position === expression.position)
    const passage =
      cell && passageIn(cell, numbers.outputs.get(cell.label) ?? [], { source, text: texts.get(id) })
    return passage ? [[id, passage.end === 0 ? passage.text : around(passage.text, passage)] as const] : []
  })
  return new Map([...sentencesOf(tree, (id) => texts.get(id)), ...ofOutputs])
}

/**
 * Gives the paragraph of a cell's caption or prose that holds a value or claim, with its text in it; without a text the
 * paragraph as it is written, and no place in it.
 */
export function passageIn(
  cell: Pick<Cell, 'options'>,
  outputs: readonly Output[],
  { source, text }: { readonly source: string; readonly text: string | undefined },
): Passage | undefined {
  const markdown = textsOf(cell, outputs).find((one) => one.includes(source))
  return markdown === undefined ? undefined : filled(markdown, source, text)
}

// Prose is split into paragraphs.
function textsOf({ options }: Pick<Cell, 'options'>, shown: readonly Output[]): string[] {
  const all = [options.caption ?? '', ...shown.flatMap(markdownOf)]
  return all.flatMap((text) => text.split(/\n\s*\n/))
}

function filled(markdown: string, source: string, value: string | undefined): Passage {
  const start = markdown.lastIndexOf('`', markdown.indexOf(source) - 1)
  if (start < 0 || value === undefined) return { text: markdown, start: 0, end: 0 }
  const end = markdown.indexOf('`', start + 1) + 1
  const text = markdown.slice(0, start) + value + markdown.slice(end)
  return { text, start, end: start + value.length }
}
