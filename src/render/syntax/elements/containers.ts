import type { Paragraph, RootContent } from 'mdast'
import type { ContainerDirective, LeafDirective } from 'mdast-util-directive'
import { type Attributes, attributesOf } from '../attributes.ts'
import { positionAt } from '../place-in-text.ts'
import { calloutKinds, calloutNode, isCalloutKind } from './callouts.ts'
import { groupNode } from './figure-groups.ts'
import { type Allowed, elementNode, propertiesOf, type Taking, withClasses } from './taking.ts'

/** The names of blocks between `:::`, besides the kinds of callouts. */
const blockNames = ['landscape', 'columns', 'column', 'pagebreak', 'figures'] as const

/** The names that a block between `:::` may have. */
export const blockDirectives: readonly string[] = [...calloutKinds, ...blockNames]
type BlockName = (typeof blockNames)[number]

/** Gives the elements of a block between `:::`, or of a `::pagebreak`; undefined for a directive of another name. */
export function takeContainer(
  node: ContainerDirective | LeafDirective,
  taking: Taking,
): RootContent[] | undefined {
  const attributes = attributesOf(node)
  node.name = node.name.trim()
  const [name, rest] = nameOf(node.name, attributes)
  const title = labelOf(node)
  const isLeaf = node.type === 'leafDirective'
  const children = (isLeaf ? [] : node.children.slice(title ? 1 : 0)) as RootContent[]
  const place = { what: name === '' ? 'a block' : `a block \`${name}\``, place: firstLineOf(node, taking) }
  if (isLeaf && name !== 'pagebreak') return undefined
  if (name === 'pagebreak') return [pageBreak(node, rest, place, taking), ...children]
  if (!isCalloutKind(name) && name !== '' && !isBlock(name)) return undefined
  reportOpen(node as ContainerDirective, name, taking)
  if (isCalloutKind(name))
    return [
      calloutNode(
        { kind: name, attributes: rest, title: title?.children, children, position: node.position },
        taking,
      ),
    ]
  const isFigures = name === 'figures' || (name === '' && /^fig-/.test(rest.id ?? ''))
  if (isFigures) return [groupNode(rest, children, { position: node.position, place: place.place }, taking)]
  const all = title ? [{ ...title, data: undefined }, ...children] : children
  const allowed: Readonly<Record<string, Allowed>> = name === 'column' ? { width: columnWidth } : {}
  const properties = propertiesOf(rest, { ...place, allowed }, taking)
  if (name === 'columns') shareRest(all)
  const made = name === '' ? properties : withClasses(properties, `weft-${name === 'columns' ? 'row' : name}`)
  return [elementNode('weftBlock', 'div', made, all, node.position)]
}

function isBlock(name: string): name is BlockName {
  return (blockNames as readonly string[]).includes(name)
}

// Quarto names a block by its class.
function nameOf(name: string, attributes: Attributes): readonly [string, Attributes] {
  if (name !== '') return [name.replace(/^callout-/, ''), attributes]
  const named = attributes.classes.find((one) => isBlock(one) || isCalloutKind(one.replace(/^callout-/, '')))
  if (named === undefined) return ['', attributes]
  const classes = attributes.classes.filter((one) => one !== named)
  return [named.replace(/^callout-/, ''), { ...attributes, classes }]
}

// Columns without a width share what the others leave.
function shareRest(columns: readonly RootContent[]): void {
  const parts = columns.map((node) => node.data as { hProperties?: Record<string, unknown> } | undefined)
  const styles = parts.map((data) => /^flex:([\d.]+)/.exec(String(data?.hProperties?.style ?? ''))?.[1])
  const open = parts.filter((data, index) => data?.hProperties && styles[index] === undefined)
  const left = 100 - styles.reduce((sum, style) => sum + Number(style ?? 0), 0)
  if (open.length === parts.length || left <= 0) return
  const share = Math.floor((10 * left) / open.length) / 10
  for (const data of open) data!.hProperties = { ...data!.hProperties, style: `flex:${share} 1 0` }
}

const columnWidth: Allowed = {
  wanted: 'a share such as `40%`',
  read(value) {
    const share = Number(/^(\d{1,2}(?:\.\d)?)%$/.exec(value)?.[1] ?? 0)
    return share > 0 ? { style: `flex:${share} 1 0` } : undefined
  },
}

/** Makes a break of the page of a paragraph that says so as Quarto or LaTeX does; undefined for any other. */
export function takePageBreak({ children, position }: Paragraph): RootContent | undefined {
  const [only, ...others] = children
  if (only?.type !== 'text' || others.length > 0) return undefined
  if (!/^(?:\{\{<\s*pagebreak\s*>\}\}|\\(?:newpage|pagebreak|clearpage))$/.test(only.value.trim()))
    return undefined
  return elementNode('weftBlock', 'div', { className: ['weft-pagebreak'] }, [], position)
}

function pageBreak(
  { position }: ContainerDirective | LeafDirective,
  attributes: Attributes,
  place: Parameters<typeof propertiesOf>[1],
  taking: Taking,
): RootContent {
  const properties = propertiesOf(attributes, place, taking)
  return elementNode('weftBlock', 'div', withClasses(properties, 'weft-pagebreak'), [], position)
}

function labelOf(node: ContainerDirective | LeafDirective): Paragraph | undefined {
  const [first] = node.children
  const isLabel = (first?.data as { directiveLabel?: boolean } | undefined)?.directiveLabel === true
  return isLabel ? (first as Paragraph) : undefined
}

function firstLineOf({ position }: ContainerDirective | LeafDirective, { source }: Taking) {
  const start = position?.start.offset
  if (start === undefined) return position
  return positionAt(start, source.slice(start, position!.end.offset).split('\n')[0]!.length, source)
}

function reportOpen(node: ContainerDirective, name: string, taking: Taking): void {
  const { start, end } = node.position!
  const lines = taking.source.slice(start.offset, end.offset).split('\n')
  if (lines.length > 1 && /^[\s>]*:{3,}[ \t]*$/.test(lines.at(-1)!)) return
  const reason = `Cannot find the end of the block \`:::${name}\`, expected a line with \`:::\` alone below it, found none`
  taking.report({ rule: 'directive-is-known', reason, place: firstLineOf(node, taking) })
}
