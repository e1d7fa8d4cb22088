import type { InlineCode, Paragraph, PhrasingContent, Text } from 'mdast'
import { element } from '../../model/element.ts'

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
