import type { Image, ImageReference, Paragraph, PhrasingContent, RootContent } from 'mdast'
import type { Node } from 'unist'
import { textBelow } from '../../model/element.ts'
import type { Attributes } from '../attributes.ts'
import { setMark } from '../marks.ts'
import { linesOf, parseLines } from '../source-lines.ts'
import { bracesAt } from './braces.ts'
import { captionNode, labelOf } from './captions.ts'
import { placement } from './placement.ts'
import { pictureSizes } from './sizes.ts'
import { elementNode, type Properties, propertiesOf, type Taking, withClasses } from './taking.ts'

/** An image, with its address or a definition's. */
type Picture = Image | ImageReference

const none: Attributes = { classes: [], pairs: {} }
const behind = new WeakMap<Node, Attributes>()

/** Gives the attributes in the braces behind an image. */
export function attributesBehind(image: Picture): Attributes {
  return behind.get(image) ?? none
}

/**
 * Takes the braces behind images in a line: `![words](x.svg){width=50%}`. With a label, `{#fig-sketch}`, the words are
 * the caption of a figure.
 */
export function takeImages(nodes: readonly PhrasingContent[], taking: Taking): PhrasingContent[] {
  if (!nodes.some(isPicture)) return [...nodes]
  const made: PhrasingContent[] = []
  let rest = nodes
  while (rest.length > 0) {
    const [node, ...others] = rest as [PhrasingContent, ...PhrasingContent[]]
    made.push(node)
    const end = isPicture(node) ? node.position?.end : undefined
    const braces = end && bracesAt(end, others, taking.source)
    if (braces) sizeImage(node as Picture, braces.attributes, taking)
    rest = braces?.after ?? others
  }
  return made
}

function isPicture(node: Node | undefined): node is Picture {
  return node?.type === 'image' || node?.type === 'imageReference'
}

function sizeImage(image: Picture, attributes: Attributes, taking: Taking): void {
  const { id, classes, pairs } = attributes
  behind.set(image, attributes)
  if (isLabelled(image)) return
  const { 'fig-alt': words = pairs.alt, alt: _, ...others } = pairs
  if (words !== undefined) image.alt = words
  const place = { what: 'an image', place: image.position, allowed: pictureSizes }
  setProperties(
    image,
    propertiesOf({ classes, pairs: others, ...(id === undefined ? {} : { id }) }, place, taking),
  )
}

function setProperties(node: Picture, properties: Properties): void {
  node.data = { ...node.data, hProperties: properties } as Picture['data']
}

function isLabelled(image: Node): boolean {
  return /^fig[-:]/.test(behind.get(image)?.id ?? '')
}

/** Gives the images of a paragraph that has nothing else. */
export function imagesOf(node: Node): readonly Picture[] {
  if (node.type !== 'paragraph') return []
  const { children } = node as Paragraph
  return children.every((child) => isPicture(child) || isGap(child)) ? children.filter(isPicture) : []
}

/** Makes figures of a paragraph of images that have labels, one image or several; undefined for any other paragraph. */
export function takeFigures(paragraph: Paragraph, taking: Taking): RootContent[] | undefined {
  const images = paragraph.children.filter((child): child is Picture => isPicture(child) && isLabelled(child))
  if (images.length === 0) return undefined
  if (imagesOf(paragraph).length === images.length)
    return images.map((image) => figureOf(image, attributesBehind(image), taking))
  for (const image of images) {
    const reason = `Unexpected label \`#${attributesBehind(image).id}\` of an image in a line, expected the image as a paragraph of its own`
    taking.report({ rule: 'label-is-given', reason, place: image.position, isError: true })
  }
  return undefined
}

function isGap(node: PhrasingContent): boolean {
  return node.type === 'break' || (node.type === 'text' && node.value.trim() === '')
}

/** Makes a figure of an image: the words between its brackets are the caption. */
export function figureOf(image: Picture, attributes: Attributes, taking: Taking): RootContent {
  const label = labelOf('fig', attributes, image.position, taking)
  const { 'fig-alt': words = attributes.pairs.alt, alt: _, ...pairs } = attributes.pairs
  const caption = captionOf(image, taking)
  const name = attributes.id === undefined ? 'of an image' : `\`#${attributes.id}\``
  const allowed = { ...pictureSizes, ...placement }
  const place = { what: `the figure ${name}`, place: image.position, allowed }
  const { width, height, id: _id, ...properties } = propertiesOf({ ...attributes, pairs }, place, taking)
  const alt = words ?? ('title' in image ? image.title : undefined)
  if (caption.length === 0) {
    const reason = `Unexpected figure ${name} without a caption, expected words between the brackets of its image`
    taking.report({ rule: 'output-renders', reason, place: image.position })
  }
  if (!alt?.trim()) {
    const reason = `Unexpected figure ${name} without \`fig-alt="..."\`, expected words for those who do not see it${caption.length > 0 ? ': its caption stands for them' : ''}`
    taking.report({ rule: 'figure-has-alt', reason, place: image.position })
  }
  image.alt = alt?.trim() ? alt : wordsOf(caption) || (attributes.id ?? '')
  if ('title' in image) image.title = null
  const sizes = { ...(width === undefined ? {} : { width }), ...(height === undefined ? {} : { height }) }
  setProperties(image, sizes)
  const children = [image, ...(caption.length > 0 ? [captionNode(caption, image.position)] : [])]
  const own = {
    ...withClasses(properties, 'weft-figure', 'weft-picture'),
    ...(label === undefined ? {} : { id: label }),
  }
  const node = elementNode('weftBlock', 'figure', own, children, image.position)
  if (label !== undefined && !taking.isFragment) setMark(node, { typed: label })
  return node
}

// The words between the brackets as Markdown: an image itself keeps their text alone.
function captionOf(image: Picture, { source, take }: Taking): readonly RootContent[] {
  const { start, end } = image.position!
  const from = { line: start.line, column: start.column + 2, offset: start.offset! + 2 }
  const length = labelLength(source.slice(from.offset, end.offset))
  if (!image.alt?.trim() || length === undefined) return []
  const position = { start: from, end: { ...from, offset: from.offset + length } }
  const [first, ...others] = parseLines(linesOf({ position }, source))
  if (first?.type !== 'paragraph' || others.length > 0)
    return [{ type: 'text', value: image.alt, position: image.position }]
  const [paragraph] = take([first])
  return (paragraph as Paragraph).children
}

// Up to the bracket that closes; one in code or behind a backslash does not.
function labelLength(text: string): number | undefined {
  let depth = 1
  for (const match of text.matchAll(/\\.|(`+)[\s\S]*?[^`]\1(?!`)|[[\]]/g)) {
    if (match[0] === '[') depth += 1
    if (match[0] === ']') depth -= 1
    if (depth === 0) return match.index
  }
  return undefined
}

// What is computed or drawn has no words here.
function wordsOf(nodes: readonly Node[]): string {
  const isMade = ({ type }: Node) => type === 'inlineCode' || type === 'inlineMath'
  return nodes
    .map((node) =>
      isMade(node) ? '…' : 'children' in node ? wordsOf(node.children as Node[]) : textBelow(node),
    )
    .join('')
    .trim()
}
