import type { InlineCode, Paragraph, PhrasingContent, RootContent, Text } from 'mdast'
import { element } from '../../model/element.ts'
import type { Json } from '../../model/types.ts'
import { distinct } from './distinct.ts'
import { wordsOf } from './param-words.ts'
import type { Speech } from './speech.ts'

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

/** Makes a link to a place that a screen alone shows; paper has its words. */
export function screenLink(id: string, children: readonly PhrasingContent[]): PhrasingContent {
  return element('a', { href: `#${id}`, className: ['weft-screen-link'] }, children) as PhrasingContent
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

/** Makes a part of a line that does not wrap. */
export function short(value: string): PhrasingContent {
  return element('span', { className: ['weft-register-short'] }, [text(value)]) as PhrasingContent
}

/** Makes a paragraph that paper alone shows. */
export function onPaper(...children: readonly (PhrasingContent | string)[]): RootContent {
  return element('div', { className: ['weft-paper'] }, [paragraph(...children)])
}

/** Makes a part that a screen alone shows. */
export function onScreen(children: readonly RootContent[], ...classes: readonly string[]): RootContent {
  return element('div', { className: ['weft-screen', ...classes] }, [...children])
}

const longestText = 90
const mostElements = 16
const mostValues = 16

/**
 * Shows a value in its most readable form: numbers as in the text, strings as code, records member by member, long
 * lists shortened in the middle.
 */
export function valueNodes(value: Json, speech: Speech, named: Named = asCode): PhrasingContent[] {
  if (typeof value === 'string') return named(value) ?? [code(shortened(value, speech))]
  if (Array.isArray(value)) return arrayNodes(value, speech, named)
  if (typeof value === 'object' && value !== null)
    return [text('('), ...memberNodes(Object.entries(value), speech, named), text(')')]
  return [text(speech.value(value))]
}

/** Gives the nodes of a string that has a name for readers; undefined for any other. */
export type Named = (value: string) => PhrasingContent[] | undefined

const asCode: Named = () => undefined

/** Shows a list of values: `16, 32, 64`, arrays in brackets; shortens a long list in the middle. */
export function valueListNodes(
  values: readonly Json[],
  speech: Speech,
  named: Named = asCode,
): PhrasingContent[] {
  const shown = cut(values, mostValues).map((value) =>
    value === gap ? [text('…')] : valueNodes(value, speech, named),
  )
  const note = values.length > mostValues ? [counting(speech.say.valueCount, values.length, speech)] : []
  return [...joined(shown), ...note]
}

/** Joins lists of nodes with a comma or another mark between them. */
export function joined(lists: readonly (readonly PhrasingContent[])[], mark = ', '): PhrasingContent[] {
  return lists.flatMap((nodes, index) => (index === 0 ? nodes : [text(mark), ...nodes]))
}

/** Shortens a text that is too long to read, and adds its full length. */
function shortened(value: string, { say, counted }: Speech): string {
  if (value.length <= longestText) return value
  return `${value.slice(0, longestText - 20)}… (${counted(say.characterCount, value.length)})`
}

function arrayNodes(values: readonly Json[], speech: Speech, named: Named): PhrasingContent[] {
  if (values.length === 0) return [text('[ ]')]
  const columns = columnsOf(values)
  if (columns) {
    const members = columns.map(([name, column]): PhrasingContent[] => [
      text(`${wordsOf(name)} `),
      ...valueListNodes(column, speech, named),
    ])
    return [text(`${speech.number(values.length)} × (`), ...joined(members, '; '), text(')')]
  }
  const shown = cut(values, mostElements).map((value) =>
    value === gap ? [text('…')] : valueNodes(value, speech, named),
  )
  const note = values.length > mostElements ? [counting(speech.say.elementCount, values.length, speech)] : []
  return [text('['), ...joined(shown), text(']'), ...note]
}

function counting(noun: Speech['say']['valueCount'], number: number, { counted }: Speech): Text {
  return text(` (${counted(noun, number)})`)
}

/** Gives the distinct values of each member of records that all have the same members; undefined for other lists. */
function columnsOf(values: readonly Json[]): [name: string, values: Json[]][] | undefined {
  const [first] = values
  if (typeof first !== 'object' || first === null || Array.isArray(first)) return undefined
  const names = Object.keys(first)
  const isAlike = (value: Json) =>
    typeof value === 'object' && value !== null && Object.keys(value).join() === names.join()
  if (names.length === 0 || !values.every(isAlike)) return undefined
  const records = values as readonly { readonly [name: string]: Json }[]
  return names.map((name) => [name, distinct(records.map((record) => record[name]!))])
}

function memberNodes(
  members: readonly (readonly [string, Json])[],
  speech: Speech,
  named: Named,
): PhrasingContent[] {
  return joined(
    members.map(([name, value]) => [text(`${wordsOf(name)} `), ...valueNodes(value, speech, named)]),
  )
}

const gap = Symbol('gap')

function cut(values: readonly Json[], most: number): readonly (Json | typeof gap)[] {
  if (values.length <= most) return values
  return [...values.slice(0, most - 2), gap, ...values.slice(-1)]
}
