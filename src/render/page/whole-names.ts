import type { ElementContent, Root, RootContent } from 'hast'
import { classesOf, h } from './hast.ts'

/** Numbers joined by a hyphen or a slash, `400-200` or `2026/11`, at which the browser that prints would end a line. */
const name = /(?<![\w./:-])(\d{1,6}(?:[-/]\d{1,6}){1,5})(?![\w/-])/
const wholeTags = ['pre', 'svg', 'nav']

/**
 * Gives a copy of a body in whose lines names such as `400-200` stay whole, and addresses may end a line after each
 * part. Elements that stay are shared.
 */
export function wholeNames(body: Root): Root {
  return { ...body, children: body.children.flatMap(whole) }
}

function whole(node: RootContent): ElementContent[] {
  if (node.type === 'text' && name.test(node.value)) return parted(node.value)
  if (node.type !== 'element' || isUntouched(node)) return [node as ElementContent]
  const children = node.tagName === 'a' ? node.children.flatMap(breakable) : node.children.flatMap(whole)
  const isSame =
    children.length === node.children.length &&
    children.every((child, index) => child === node.children[index])
  return [isSame ? node : { ...node, children }]
}

function isUntouched(node: Extract<RootContent, { type: 'element' }>): boolean {
  return wholeTags.includes(node.tagName) || classesOf(node).includes('weft-word')
}

// Without a place where a line may end, a long address leaves wide gaps between the words before it.
function breakable(node: ElementContent): ElementContent[] {
  if (node.type !== 'text' || !/^https?:\/\/\S+$/.test(node.value)) return whole(node)
  return node.value.split(/(?<=[^/]\/)(?=[^/])/).flatMap((value, index): ElementContent[] => {
    const part = { type: 'text', value } as const
    return index === 0 ? [part] : [h('wbr', {}, []), part]
  })
}

// Every second part is a name.
function parted(text: string): ElementContent[] {
  return text.split(name).flatMap((value, index): ElementContent[] => {
    if (value === '') return []
    const part = { type: 'text', value } as const
    return [index % 2 === 0 ? part : h('span', { className: ['weft-word'] }, [part])]
  })
}
