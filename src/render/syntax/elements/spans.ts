import type { PhrasingContent, Text } from 'mdast'
import { isEscaped, placeInText } from '../place-in-text.ts'
import { bracesAt } from './braces.ts'
import { elementNode, propertiesOf, type Taking } from './taking.ts'

const opening = /\]\{/g

/**
 * Makes elements of `[words]{.class lang=de}` in a line; brackets without braces that can be read stay text. Returns the
 * new nodes of the line.
 */
export function takeSpans(nodes: readonly PhrasingContent[], taking: Taking): PhrasingContent[] {
  let done: readonly PhrasingContent[] = []
  let rest = nodes
  while (rest.length > 0) {
    const [node, ...others] = rest as [PhrasingContent, ...PhrasingContent[]]
    const split = node.type === 'text' ? splitAt(node, done, others, taking) : undefined
    done = split?.done ?? [...done, node]
    rest = split?.rest ?? others
  }
  return [...done]
}

interface Split {
  readonly done: readonly PhrasingContent[]
  readonly rest: readonly PhrasingContent[]
}

function splitAt(
  node: Text,
  before: readonly PhrasingContent[],
  behind: readonly PhrasingContent[],
  taking: Taking,
): Split | undefined {
  for (const { index } of node.value.matchAll(opening)) {
    const place = placeInText(node, index, ']{', taking.source)
    if (place === node.position || !place || isEscaped(node, index, ']{', taking.source)) continue
    const from = { ...place.start, column: place.start.column + 1, offset: place.start.offset! + 1 }
    const braces = bracesAt(from, [node, ...behind], taking.source)
    const start = braces && openingOf([...before, { ...node, value: node.value.slice(0, index) }])
    if (!braces || !start) continue
    const first = (before[start.index] ?? node) as Text
    if (isEscaped(first, start.at, '[', taking.source)) continue
    const words = contentOf([...before, node], start, index)
    const properties = propertiesOf(braces.attributes, { what: 'a span', place: braces.position }, taking)
    const position = first.position && { start: first.position.start, end: braces.position.end }
    const span = elementNode('weftSpan', 'span', properties, words, position) as PhrasingContent
    const head = first.value.slice(0, start.at)
    const kept = before.slice(0, start.index)
    return { done: [...kept, ...(head === '' ? [] : [{ ...first, value: head }]), span], rest: braces.after }
  }
  return undefined
}

interface Start {
  readonly index: number
  /** Of the bracket in its text. */
  readonly at: number
}

// The bracket that the last one closes.
function openingOf(nodes: readonly PhrasingContent[]): Start | undefined {
  let depth = 1
  for (let index = nodes.length - 1; index >= 0; index -= 1) {
    const node = nodes[index]!
    if (node.type !== 'text') continue
    for (let at = node.value.length - 1; at >= 0; at -= 1) {
      if (node.value[at] === ']') depth += 1
      if (node.value[at] === '[') depth -= 1
      if (depth === 0) return { index, at }
    }
  }
  return undefined
}

function contentOf(nodes: readonly PhrasingContent[], start: Start, end: number): PhrasingContent[] {
  const last = nodes.length - 1
  return nodes.slice(start.index).flatMap((node, index): PhrasingContent[] => {
    if (node.type !== 'text') return [node]
    const from = index === 0 ? start.at + 1 : 0
    const to = start.index + index === last ? end : node.value.length
    return from < to ? [{ ...node, value: node.value.slice(from, to) }] : []
  })
}
