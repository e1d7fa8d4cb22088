import type { InlineCode, Paragraph, PhrasingContent, Text } from 'mdast'
import { element } from '../../model/element.ts'
import type { Json } from '../../model/types.ts'
import { plural } from '../../output/format.ts'
import { printValue } from '../../output/print-value.ts'

/** Makes a text node. */
export function text(value: string): Text {
  return { type: 'text', value }
}

/** Makes an inline code node: nothing parses its text further. */
export function code(value: string): InlineCode {
  return { type: 'inlineCode', value }
}

/** Makes an inline code node that may break after a dot, a bracket or a space in a narrow column. */
export function path(value: string): PhrasingContent {
  const pieces = value.split(/(?<=[.[(])(?=[\w$])/)
  const children = pieces.flatMap((piece, index) =>
    index === 0 ? [text(piece)] : [element('wbr', {}, []), text(piece)],
  )
  return element('code', {}, children) as PhrasingContent
}

/** Makes a link to a place on the page. */
export function link(id: string, children: readonly PhrasingContent[]): PhrasingContent {
  return element('a', { href: `#${id}` }, children) as PhrasingContent
}

/** Turns the addresses in a text into links. */
export function linked(value: string): PhrasingContent[] {
  return value
    .split(/(https?:\/\/[^\s<>"]+[\w/])/)
    .map((piece, index) =>
      index % 2 === 0 ? text(piece) : { type: 'link', url: piece, children: [text(piece)] },
    )
}

/** Makes a separate line in small print. */
export function smallLine(
  children: readonly PhrasingContent[],
  ...classes: readonly string[]
): PhrasingContent {
  return element('span', { className: ['weft-small-line', ...classes] }, children) as PhrasingContent
}

/** Makes a paragraph. */
export function paragraph(...children: readonly (PhrasingContent | string)[]): Paragraph {
  const nodes = children.map((child) => (typeof child === 'string' ? text(child) : child))
  return { type: 'paragraph', children: nodes }
}

/** Makes a less prominent part of a line. */
export function note(value: string): PhrasingContent {
  return element('span', { className: ['weft-register-note'] }, [text(value)]) as PhrasingContent
}

/** Makes a part of a line that does not wrap. */
export function short(value: string): PhrasingContent {
  return element('span', { className: ['weft-register-short'] }, [text(value)]) as PhrasingContent
}

const longestText = 90
const mostElements = 12
const mostValues = 16

/**
 * Shows a value in its most readable form: numbers as in the text, strings as code, long lists shortened in the
 * middle.
 */
export function valueNodes(value: Json): PhrasingContent[] {
  if (typeof value === 'string') return [code(shortened(value))]
  if (Array.isArray(value)) return arrayNodes(value)
  if (typeof value === 'object' && value !== null) return [code(shortened(JSON.stringify(value)))]
  return [text(printValue(value, 'value'))]
}

/** Shows a list of values: `16, 32, 64`, arrays in brackets; shortens a long list in the middle. */
export function valueListNodes(values: readonly Json[]): PhrasingContent[] {
  return joined(cut(values, mostValues).map((value) => (value === gap ? [text('…')] : valueNodes(value))))
}

/** Shortens a text that is too long to read, and adds its full length. */
function shortened(value: string): string {
  if (value.length <= longestText) return value
  return `${value.slice(0, longestText - 20)}… (${plural(value.length, 'character')})`
}

function arrayNodes(values: readonly Json[]): PhrasingContent[] {
  if (values.length === 0) return [text('[ ]')]
  const hasArrays = values.some((value) => typeof value === 'object' && value !== null)
  if (hasArrays) return [code(shortened(JSON.stringify(values)))]
  const shown = cut(values, mostElements).map((value) => (value === gap ? [text('…')] : valueNodes(value)))
  const note = values.length > mostElements ? [text(` (${plural(values.length, 'element')})`)] : []
  return [text('['), ...joined(shown), text(']'), ...note]
}

const gap = Symbol('gap')

function cut(values: readonly Json[], most: number): readonly (Json | typeof gap)[] {
  if (values.length <= most) return values
  return [...values.slice(0, most - 2), gap, ...values.slice(-1)]
}

function joined(lists: readonly PhrasingContent[][]): PhrasingContent[] {
  return lists.flatMap((nodes, index) => (index === 0 ? nodes : [text(', '), ...nodes]))
}
