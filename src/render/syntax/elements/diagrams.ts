import type { Code, Paragraph, RootContent } from 'mdast'
import { sha256 } from '../../model/digest.ts'
import { type Attributes, isRead, readAttributes } from '../attributes.ts'
import { setMark } from '../marks.ts'
import { positionAt } from '../place-in-text.ts'
import { linesOf, parseLines } from '../source-lines.ts'
import { captionNode, labelOf } from './captions.ts'
import { placement } from './placement.ts'
import { type Allowed, elementNode, propertiesOf, type Taking, withClasses } from './taking.ts'

const words: Allowed = { wanted: 'words', read: () => ({}) }
// The second of each is Quarto's.
const allowed = { caption: words, 'fig-cap': words, alt: words, 'fig-alt': words, ...placement }

/**
 * Makes a figure of a fence of Mermaid, ```` ```mermaid {#fig-flow caption="..." alt="..."} ````, to be drawn later; Quarto's
 * lines `%%| label: fig-flow` are read too. Gives nothing for any other fence.
 */
export function takeDiagram(node: Code, taking: Taking): RootContent | undefined {
  const info = [node.lang, node.meta].filter(Boolean).join(' ')
  const match = /^(?:mermaid|\{mermaid\})(?:\s*\{(.*)\}|\s+([^{].*))?$/.exec(info)
  const [, inBraces, plain = ''] = match ?? /^\{mermaid\s+(.*)\}$/.exec(info) ?? []
  const inner = inBraces ?? plain
  if (!/^\{?mermaid\b/.test(info) || taking.isFragment) return undefined
  const given = readAttributes(inner)
  const place = positionAt(node.position!.start.offset!, firstLine(node, taking).length, taking.source)
  if (!isRead(given)) {
    const reason = `Unexpected \`${given.unread}\` of a diagram, expected \`#fig-label\`, \`caption="..."\`, \`alt="..."\` or \`.wide\``
    taking.report({ rule: 'option-is-known', reason, place, isError: true })
    return undefined
  }
  const [attributes, source] = withLines(given, node.value)
  const { pairs } = attributes
  const label = labelOf('fig', attributes, place, taking)
  const { id: _, ...properties } = propertiesOf(attributes, { what: 'a diagram', place, allowed }, taking)
  const caption = captionOf(pairs.caption ?? pairs['fig-cap'], node, taking)
  const alt = pairs.alt ?? pairs['fig-alt'] ?? altOf(source)
  const drawing: Code = { type: 'code', lang: 'mermaid', value: source, position: node.position }
  setMark(drawing, { diagram: alt })
  const id = label ?? `diagram-${sha256(source).slice(0, 8)}`
  const own = { ...withClasses(properties, 'weft-figure', 'weft-diagram'), id }
  const figure = elementNode('weftBlock', 'figure', own, [drawing, ...caption], node.position)
  if (label !== undefined) setMark(figure, { typed: label })
  return figure
}

function firstLine({ position }: Code, { source }: Taking): string {
  return source.slice(position!.start.offset, position!.end.offset).split('\n')[0]!
}

const line = /^%%\|[ \t]*([\w-]+)[ \t]*:[ \t]*(?:"([^"\n]*)"|([^\n]*))$/gm

function withLines(given: Attributes, source: string): [Attributes, string] {
  const found = [...source.matchAll(line)].map(([, name = '', quoted, plain]) => [
    name,
    quoted ?? plain?.trim() ?? '',
  ])
  const { label, ...pairs } = Object.fromEntries(found) as Record<string, string>
  const id = given.id ?? label
  const attributes = { ...given, pairs: { ...pairs, ...given.pairs }, ...(id === undefined ? {} : { id }) }
  return [attributes, source.replace(/^%%\|[^\n]*(?:\n|$)/gm, '')]
}

// As Markdown, at its place.
function captionOf(text: string | undefined, node: Code, taking: Taking): RootContent[] {
  if (!text?.trim()) return []
  const start = taking.source.indexOf(text, node.position!.start.offset)
  const position = start < 0 ? node.position! : positionAt(start, text.length, taking.source)
  const [first] = start < 0 ? [] : taking.take(parseLines(linesOf({ position }, taking.source)))
  const isWords = first?.type === 'paragraph'
  return [
    captionNode(
      isWords ? (first as Paragraph).children : [{ type: 'text', value: text, position } as never],
      position,
    ),
  ]
}

const longestAlt = 300

// What Mermaid itself has for readers who do not see the drawing, or else its lines.
function altOf(source: string): string {
  const [, own] = /^\s*acc(?:Title|Descr)\s*:\s*(.+)$/m.exec(source) ?? []
  if (own !== undefined) return own.trim()
  const lines = source.split('\n').map((one) => one.trim())
  const text = lines.filter((one) => one !== '' && !one.startsWith('%%')).join('; ')
  return `Diagram: ${text.length > longestAlt ? `${text.slice(0, longestAlt)}…` : text}`
}
