import type { Paragraph, RootContent } from 'mdast'
import type { Node } from 'unist'
import { lineFrom, linesOf, parseLines, type SourceLine } from '../source-lines.ts'
import type { Taking } from './taking.ts'

const definition = /^ {0,3}:[ \t]+(?=\S)/

/** Checks whether a paragraph is a term with its definitions below it. */
export function isDefined(node: Node, source: string): node is Paragraph {
  if (node.type !== 'paragraph' || !node.position) return false
  const [term, first] = linesOf(node, source)
  return first !== undefined && definition.test(first.text) && !definition.test(term!.text)
}

/** Checks whether a paragraph begins with a definition, whose term stands above. */
export function isDefinition(node: Node, source: string): node is Paragraph {
  return (
    node.type === 'paragraph' &&
    node.position !== undefined &&
    definition.test(linesOf(node, source)[0]!.text)
  )
}

/** Checks whether a node is a paragraph of one line, which may be a term. */
export function isTerm(node: Node, source: string): node is Paragraph {
  if (node.type !== 'paragraph' || !node.position) return false
  const lines = linesOf(node, source)
  return lines.length === 1 && !definition.test(lines[0]!.text)
}

/** Checks whether a node is indented by four spaces, as more of a definition is. */
export function isIndented(node: Node, source: string): boolean {
  return node.type === 'code' && !/^[`~]/.test(source.slice(node.position?.start.offset))
}

/** Makes lists of the terms and definitions among some nodes; returns the nodes, all others as they are. */
export function takeDefinitions(nodes: readonly RootContent[], taking: Taking): RootContent[] {
  const { source } = taking
  const made: RootContent[] = []
  for (let index = 0; index < nodes.length; ) {
    const items: RootContent[] = []
    const first = index
    while (index < nodes.length) {
      const read = itemsAt(nodes, index, taking)
      if (!read) break
      items.push(...read.items)
      index += read.count
      if (!nodes[index] || !isDefined(nodes[index]!, source)) break
    }
    if (items.length === 0) made.push(nodes[index++]!)
    else made.push(listOf(items, nodes.slice(first, index)))
  }
  return made
}

interface Items {
  readonly items: readonly RootContent[]
  readonly count: number
}

function itemsAt(nodes: readonly RootContent[], index: number, { source, take }: Taking): Items | undefined {
  const node = nodes[index]!
  const isLoose =
    isTerm(node, source) && nodes[index + 1] !== undefined && isDefinition(nodes[index + 1]!, source)
  if (!isLoose && !isDefined(node, source)) return undefined
  const [term, ...own] = linesOf(node, source)
  const parts: SourceLine[][] = []
  let count = 1
  addLines(parts, own)
  for (; nodes[index + count]; count += 1) {
    const next = nodes[index + count]!
    if (isDefinition(next, source)) addLines(parts, linesOf(next, source))
    else if (isIndented(next, source) && parts.length > 0) addMore(parts.at(-1)!, next, source)
    else break
  }
  const items = parts.map((lines) =>
    named('defListDescription', 'dd', unwrapped(take(parseLines(lines)), lines)),
  )
  const words = parseLines([term!])[0] as Paragraph
  return { items: [named('defListTerm', 'dt', wordsOf(take([words]))), ...items], count }
}

function addLines(parts: SourceLine[][], lines: readonly SourceLine[]): void {
  for (const line of lines) {
    const marks = definition.exec(line.text)
    if (marks) parts.push([lineFrom(line, marks[0].length)])
    else parts.at(-1)?.push(line)
  }
}

// The parser of Markdown took it for code.
function addMore(part: SourceLine[], node: RootContent, source: string): void {
  const last = part.at(-1)!
  part.push({ ...last, text: '', offset: last.offset + last.text.length })
  const { start, end } = node.position!
  const from = source.lastIndexOf('\n', start.offset! - 1) + 1
  const whole = { start: { ...start, column: 1, offset: from }, end }
  for (const line of linesOf({ position: whole }, source))
    part.push(lineFrom(line, Math.min(4, /^ */.exec(line.text)![0].length)))
}

// A definition of one paragraph is its words.
function unwrapped(nodes: readonly RootContent[], lines: readonly SourceLine[]): readonly RootContent[] {
  const [only] = nodes
  return nodes.length === 1 && lines.every(({ text }) => text.trim() !== '') ? wordsOf([only!]) : nodes
}

function wordsOf(nodes: readonly RootContent[]): readonly RootContent[] {
  const [only] = nodes
  return only?.type === 'paragraph' ? only.children : nodes
}

function named(type: string, hName: string, children: readonly RootContent[]): RootContent {
  const [first, last] = [children[0], children.at(-1)]
  const position = first?.position &&
    last?.position && { start: first.position.start, end: last.position.end }
  return { type, data: { hName }, children, position } as unknown as RootContent
}

function listOf(items: readonly RootContent[], from: readonly RootContent[]): RootContent {
  const position = { start: from[0]!.position!.start, end: from.at(-1)!.position!.end }
  return { ...named('defList', 'dl', items), position } as RootContent
}
