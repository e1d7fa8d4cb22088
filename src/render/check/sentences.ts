import type { Nodes, Parents } from 'mdast'
import { visit } from 'unist-util-visit'
import { markdownOf } from '../execute/output-expressions.ts'
import type { LockedProfile } from '../model/lock.ts'
import type { Cell, Expression, Output, ReportTree } from '../model/types.ts'
import { markOf } from '../syntax/marks.ts'
import type { Numbers } from './numbers.ts'
import { identify } from './numbers.ts'

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

/** Gives the prose around every value and claim, of what cells show too, with the accepted values in it. */
export function allSentences(
  tree: ReportTree,
  numbers: Numbers,
  { shown }: LockedProfile,
): ReadonlyMap<number, string> {
  const names = identify(shown)
  const accepted = new Map(shown.map(({ text }, index) => [names[index]!, text]))
  const texts = new Map(
    [...numbers.shown].map(([name, one]) => [one.number, accepted.get(name) ?? one.shown?.text] as const),
  )
  const ofOutputs = [...numbers.shown.values()].flatMap(({ expression, number }) => {
    const text = number < tree.expressions.length ? undefined : inOutput(expression, numbers, tree)
    return text === undefined ? [] : [[number, filled(text, expression, texts.get(number))] as const]
  })
  return new Map([...sentencesOf(tree, (number) => texts.get(number)), ...ofOutputs])
}

// What is shown stands at the place of its cell.
function inOutput(
  { source, position }: Expression,
  { outputs }: Numbers,
  { cells }: ReportTree,
): string | undefined {
  const cell = cells.find((one) => one.position === position)
  return cell && textsOf(cell, outputs.get(cell.label) ?? []).find((text) => text.includes(source))
}

// Of prose, the paragraph.
function textsOf({ options }: Cell, shown: readonly Output[]): string[] {
  const all = [options.caption ?? '', ...shown.flatMap(markdownOf)]
  return all.flatMap((text) => text.split(/\n\s*\n/))
}

function filled(markdown: string, { source }: Expression, value: string | undefined): string {
  const start = markdown.lastIndexOf('`', markdown.indexOf(source) - 1)
  if (start < 0 || value === undefined) return markdown
  const end = markdown.indexOf('`', start + 1) + 1
  const text = markdown.slice(0, start) + value + markdown.slice(end)
  return around(text, { start, end: start + value.length })
}
