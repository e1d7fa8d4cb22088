import type { RootContent } from 'mdast'
import type { Position } from '../../model/types.ts'
import type { Attributes } from '../attributes.ts'
import { isCell, readFence } from '../fence.ts'
import { markOf, setMark } from '../marks.ts'
import { partLetter } from '../numbering.ts'
import { captionNode, labelOf } from './captions.ts'
import { attributesBehind, figureOf, imagesOf } from './images.ts'
import { placement } from './placement.ts'
import {
  type Allowed,
  elementNode,
  type Properties,
  propertiesOf,
  type Taking,
  withClasses,
} from './taking.ts'

/** The properties of one of the figures that stand beside each other. */
export const partProperties: Properties = { className: ['weft-part'] }

/** The properties of some figures that stand beside each other. */
export function groupProperties(count: number, columns = usualColumns(count)): Properties {
  return { className: ['weft-figures'], style: `--columns:${columns}` }
}

function usualColumns(count: number): number {
  if (count <= 3) return Math.max(1, count)
  return count === 4 ? 2 : 3
}

const columnCount: Allowed = {
  wanted: 'a number from 1 to 6',
  read: (value) => (/^[1-6]$/.test(value) ? { columns: value } : undefined),
}
// The second is Quarto's name.
const allowed = { columns: columnCount, 'layout-ncol': columnCount, ...placement }

/**
 * Makes one figure of several, `:::figures{#fig-x}`: images, and cells whose labels begin with `fig-`. Its last paragraph is
 * the caption of all. Images without a label get that of the whole with a letter, `fig-x-a`.
 */
export function groupNode(
  attributes: Attributes,
  children: readonly RootContent[],
  { position, place }: { readonly position: Position | undefined; readonly place: Position | undefined },
  taking: Taking,
): RootContent {
  const label = labelOf('fig', attributes, place, taking)
  const what = 'a block `figures`'
  const { id: _, columns, ...properties } = propertiesOf(attributes, { what, place, allowed }, taking)
  const last = children.at(-1)
  const caption = last?.type === 'paragraph' && imagesOf(last).length === 0 ? last : undefined
  const { members, labels } = membersOf(caption ? children.slice(0, -1) : children, label, taking)
  if (labels.length === 0) {
    const reason = `Unexpected block \`figures\` without a figure, expected images, or cells with labels such as \`#${label ?? 'fig-x'}-a\`, in it`
    taking.report({ rule: 'output-renders', reason, place })
  }
  const { className, style } = groupProperties(
    labels.length,
    columns === undefined ? undefined : Number(columns),
  )
  const parts = members.map((member) =>
    elementNode('weftBlock', 'div', partProperties, [member], member.position),
  )
  const words = caption ? [captionNode(caption.children, caption.position)] : []
  const own = { ...withClasses(properties, ...(className as readonly string[])), style }
  const named = label === undefined ? own : { ...own, id: label }
  const node = elementNode('weftBlock', 'figure', named, [...parts, ...words], position)
  if (label !== undefined && !taking.isFragment) setMark(node, { typed: label, parts: labels })
  return node
}

function membersOf(
  children: readonly RootContent[],
  group: string | undefined,
  taking: Taking,
): { readonly members: readonly RootContent[]; readonly labels: readonly string[] } {
  const members: RootContent[] = []
  const labels: string[] = []
  for (const child of children) {
    for (const image of imagesOf(child)) {
      const id = group === undefined ? undefined : `${group}-${partLetter(labels.length)}`
      members.push(
        figureOf(image, { ...attributesBehind(image), ...(id === undefined ? {} : { id }) }, taking),
      )
      labels.push(id ?? '')
    }
    if (imagesOf(child).length > 0) continue
    members.push(child)
    const own = figureLabel(child)
    if (own !== undefined) labels.push(own)
  }
  return { members, labels }
}

function figureLabel(node: RootContent): string | undefined {
  const label =
    node.type === 'code' && isCell(node) ? readFence(node.meta!, 'hide').label : markOf(node)?.typed
  return label?.startsWith('fig-') ? label : undefined
}
