import type { PhrasingContent, Text } from 'mdast'
import { isRead, readAttributes } from '../attributes.ts'
import { isEscaped, partOfText, placeInText } from '../place-in-text.ts'
import { elementNode, propertiesOf, type Taking } from './taking.ts'

const opening = /\]\{([^{}\n]*)\}/

/**
 * Makes elements of `[words]{.class lang=de}` in a line; brackets without braces that can be read stay text. Returns the
 * new nodes of the line.
 */
export function takeSpans(nodes: readonly PhrasingContent[], taking: Taking): PhrasingContent[] {
  if (!nodes.some((node) => node.type === 'text' && opening.test(node.value))) return [...nodes]
  const done: PhrasingContent[] = []
  const rest = [...nodes]
  for (let node = rest.shift(); node; node = rest.shift()) {
    const split = node.type === 'text' ? splitAt(node, done, taking) : undefined
    if (!split) {
      done.push(node)
      continue
    }
    done.splice(split.from, done.length - split.from, ...split.made)
    rest.unshift(...split.after)
  }
  return done
}

interface Split {
  /** The first of the nodes before that the span, and the text before it, stand for. */
  readonly from: number
  readonly made: readonly PhrasingContent[]
  readonly after: readonly PhrasingContent[]
}

function splitAt(node: Text, before: readonly PhrasingContent[], taking: Taking): Split | undefined {
  for (const match of node.value.matchAll(new RegExp(opening, 'g'))) {
    const attributes = readAttributes(match[1]!)
    if (!isRead(attributes) || isEscaped(node, match.index, match[0], taking.source)) continue
    if (match[1]!.trim() === '') continue
    const start = openingOf([...before, { ...node, value: node.value.slice(0, match.index) }])
    if (!start) continue
    const place = placeInText(node, match.index, match[0], taking.source)
    const first = (before[start.index] ?? node) as Text
    if (isEscaped(first, start.at, '[', taking.source)) continue
    const words = contentOf([...before, node], start, match.index)
    const properties = propertiesOf(attributes, { what: 'a span', place }, taking)
    const head = first.value.slice(0, start.at)
    const position = first.position &&
      node.position && { start: first.position.start, end: (place ?? node.position).end }
    const span = elementNode('weftSpan', 'span', properties, words, position) as PhrasingContent
    const tail = partOfText(node, match.index + match[0].length, node.value.length, place)
    return {
      from: Math.min(start.index, before.length),
      made: [...(head === '' ? [] : [{ ...first, value: head }]), span],
      after: tail.value === '' ? [] : [tail],
    }
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
