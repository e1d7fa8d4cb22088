import type { Element, RootContent } from 'hast'
import { elementsIn, isHeading } from '../page/hast.ts'
import type { Block } from './chapter-blocks.ts'
import type { MarkdownCell, MimeBundle } from './nbformat.ts'

/** Writes nodes of the page as the text of a Markdown cell. */
export type WriteMarkdown = (nodes: readonly RootContent[]) => string

/** Makes a Markdown cell of nodes; none if there is nothing to read in them. */
export function proseCell(id: string, nodes: readonly RootContent[], write: WriteMarkdown): MarkdownCell[] {
  const text = write(nodes)
  if (text === '') return []
  const attachments: Record<string, MimeBundle> = {}
  const source = text.replace(picture, (_, type: string, bytes: string) => {
    const name = `picture-${Object.keys(attachments).length + 1}.${type.split(/[/+]/)[1]}`
    // As nbformat has it: base64 for pixels, the text of a drawing.
    const isDrawing = type === 'image/svg+xml'
    attachments[name] = { [type]: isDrawing ? Buffer.from(bytes, 'base64').toString() : bytes }
    return `](attachment:${name}`
  })
  const hasPictures = Object.keys(attachments).length > 0
  return [{ kind: 'markdown', id, source, ...(hasPictures && { attachments }) }]
}

const picture = /\]\(data:(image\/[a-z+]+);base64,([\w+/=]+)/g

/** Parts nodes at their headings: a cell of a notebook begins at each. */
export function partAtHeadings(nodes: readonly RootContent[]): RootContent[][] {
  const parts: RootContent[][] = [[]]
  for (const node of nodes) {
    if (node.type === 'element' && isHeading(node)) parts.push([])
    parts.at(-1)!.push(node)
  }
  return parts.filter((part) => part.length > 0)
}

/** Gives the id of the heading that nodes begin with, if they do. */
export function headingId([first]: readonly RootContent[]): string | undefined {
  if (first?.type !== 'element' || !isHeading(first)) return undefined
  return typeof first.properties.id === 'string' ? first.properties.id : undefined
}

/** Finds the captions of what cells show, each with the id of its figure or table. */
export function captionsIn({ nodes }: Block): { readonly id: string; readonly caption: Element }[] {
  const found: { id: string; caption: Element }[] = []
  for (const node of nodes)
    for (const element of elementsIn(node)) {
      if (element.tagName !== 'figure' || typeof element.properties.id !== 'string') continue
      const caption = element.children.find(
        (child): child is Element => child.type === 'element' && child.tagName === 'figcaption',
      )
      if (caption)
        found.push({
          id: element.properties.id,
          caption: { ...caption, properties: { id: element.properties.id } },
        })
    }
  return found
}
