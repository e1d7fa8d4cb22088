import type { Blockquote, Paragraph, PhrasingContent, RootContent, Text } from 'mdast'
import type { Position } from '../../model/types.ts'
import { wordsFor } from '../../model/words.ts'
import type { Attributes } from '../attributes.ts'
import { elementNode, propertiesOf, type Taking, withClasses } from './taking.ts'

/** The kinds of callouts. */
export const calloutKinds = ['note', 'tip', 'warning', 'important', 'caution'] as const
type CalloutKind = (typeof calloutKinds)[number]

/** Checks whether a word names a kind of callouts. */
export function isCalloutKind(name: string): name is CalloutKind {
  return (calloutKinds as readonly string[]).includes(name)
}

/** What a callout is made of. */
interface CalloutParts {
  readonly kind: CalloutKind
  readonly attributes: Attributes
  /** The author's title, if there is one. */
  readonly title: readonly PhrasingContent[] | undefined
  readonly children: readonly RootContent[]
  readonly position: Position | undefined
}

const anything = { wanted: 'text', read: () => ({}) }
// Quarto's settings of how a callout looks; here all look alike.
const allowed = { title: anything, collapse: anything, icon: anything, appearance: anything }

/** Makes a callout: an aside with a title, which is the word for its kind unless the author gives one. */
export function calloutNode(
  { kind, attributes, title, children, position }: CalloutParts,
  taking: Taking,
): RootContent {
  const [first, ...rest] = children
  const isHeaded = title === undefined && attributes.pairs.title === undefined && first?.type === 'heading'
  const own = title ?? (isHeaded ? first.children : undefined) ?? textOf(attributes.pairs.title, position)
  const { callouts } = attributes.pairs.lang ? wordsFor(attributes.pairs.lang) : taking
  const words = own ?? [titleNode(kind, callouts[kind], position)]
  const what = `a callout \`${kind}\``
  const properties = propertiesOf(attributes, { what, place: position, allowed }, taking)
  const head = elementNode('paragraph', 'p', { className: ['weft-callout-title'] }, words, position)
  return elementNode(
    'blockquote',
    'div',
    { ...withClasses(properties, 'weft-callout', `weft-${kind}`), role: 'note' },
    [head, ...(isHeaded ? rest : children)],
    position,
  )
}

/** The word for a kind of callouts, as a text that a block in another language has in its own. */
function titleNode(kind: CalloutKind, value: string, position: Position | undefined): PhrasingContent {
  return { type: 'text', value, position, data: { callout: kind } as object }
}

function textOf(
  value: string | undefined,
  position: Position | undefined,
): readonly PhrasingContent[] | undefined {
  return value?.trim() ? [{ type: 'text', value, position }] : undefined
}

const alert = /^\[!(note|tip|warning|important|caution)\][-+]?[ \t]*/i

/** Makes a callout of a quote that begins with `[!NOTE]`, as GitHub has them; undefined for any other quote. */
export function takeAlert(quote: Blockquote, taking: Taking): RootContent | undefined {
  const [first, ...others] = quote.children
  const [mark, ...rest] = first?.type === 'paragraph' ? first.children : []
  const match = mark?.type === 'text' ? alert.exec(mark.value) : null
  if (first?.type !== 'paragraph' || mark?.type !== 'text' || !match) return undefined
  const [line, below] = firstLine([{ ...mark, value: mark.value.slice(match[0].length) }, ...rest])
  const paragraph: Paragraph[] = below.length > 0 ? [{ ...first, children: below }] : []
  return calloutNode(
    {
      kind: match[1]!.toLowerCase() as CalloutKind,
      attributes: { classes: [], pairs: {} },
      title: line.length > 0 ? line : undefined,
      children: [...paragraph, ...others],
      position: quote.position,
    },
    taking,
  )
}

function firstLine(nodes: readonly PhrasingContent[]): [PhrasingContent[], PhrasingContent[]] {
  const at = nodes.findIndex(
    (node) => node.type === 'break' || (node.type === 'text' && node.value.includes('\n')),
  )
  const full = (list: readonly PhrasingContent[]) =>
    list.filter((node) => node.type !== 'text' || node.value.trim() !== '')
  if (at < 0) return [full(nodes), []]
  const node = nodes[at]!
  if (node.type !== 'text') return [full(nodes.slice(0, at)), [...nodes.slice(at + 1)]]
  const index = node.value.indexOf('\n')
  const before: Text = { ...node, value: node.value.slice(0, index) }
  const after: Text = { ...node, value: node.value.slice(index + 1) }
  return [full([...nodes.slice(0, at), before]), [after, ...nodes.slice(at + 1)]]
}
