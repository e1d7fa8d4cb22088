import type { Element, ElementContent, Root, RootContent } from 'hast'
import { toHtml } from 'hast-util-to-html'
import { defaultHandlers, type Handle, type State, toMdast } from 'hast-util-to-mdast'
import type { BlockContent, Root as MdastRoot, PhrasingContent } from 'mdast'
import { gfmToMarkdown } from 'mdast-util-gfm'
import { mathToMarkdown } from 'mdast-util-math'
import { toMarkdown } from 'mdast-util-to-markdown'
import { classesOf, textContent } from '../page/hast.ts'

/**
 * Writes elements of the page as Markdown with formulas between dollar signs. What Markdown has no words for is HTML.
 * What only a page has, such as folded code, is left out.
 *
 * @param isHere says whether a link to an id of the page finds it in the notebook too
 */
export function markdownOf(nodes: readonly RootContent[], isHere: (id: string) => boolean): string {
  const tree: Root = { type: 'root', children: nodes.flatMap(withoutPage) as Root['children'] }
  const mdast = toMdast(tree, { handlers: handlersWith(isHere), nodeHandlers: { raw } }) as MdastRoot
  return toMarkdown(mdast, {
    extensions: [gfmToMarkdown(), mathToMarkdown()],
    bullet: '-',
    emphasis: '*',
    rule: '-',
    resourceLink: true,
    listItemIndent: 'one',
  }).trimEnd()
}

const ofPage = ['weft-cell', 'weft-screen', 'weft-on-page', 'sr-only', 'weft-pad']

// With an anchor before whatever a link may lead to.
function withoutPage(node: RootContent): RootContent[] {
  if (node.type !== 'element') return [node]
  if (classesOf(node).some((name) => ofPage.includes(name)) || node.tagName === 'wbr') return []
  return [{ ...node, children: node.children.flatMap(withoutPage) as ElementContent[] }]
}

function handlersWith(isHere: (id: string) => boolean): Record<string, Handle> {
  return {
    a(state, node) {
      const [, id] = /^#(.+)$/.exec(String(node.properties.href ?? '')) ?? []
      const isLost = id !== undefined && !isHere(decodeURIComponent(id))
      return isLost ? state.all(node) : defaultHandlers.a(state, node)
    },
    code: (state, node) =>
      isMath(node)
        ? ({ type: 'inlineMath', value: textContent(node) } as never)
        : defaultHandlers.code(state, node),
    pre,
    span: (state, node) => (classesOf(node).includes('weft-number') ? strong(state, node) : state.all(node)),
    sup: inTags,
    sub: inTags,
    u: inTags,
    kbd: inTags,
    mark: inTags,
    figure,
    figcaption: (state, node) => ({
      type: 'paragraph',
      children: [...anchor(node), ...(state.all(node) as PhrasingContent[])],
    }),
    ...Object.fromEntries(headings.map((name) => [name, heading])),
    li(state, node) {
      const item = defaultHandlers.li(state, node)
      const [first] = item.children
      if (first?.type === 'paragraph') first.children.unshift(...anchor(node))
      return item
    },
  }
}

const headings = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'] as const

function heading(state: State, node: Element) {
  const made = defaultHandlers.h1(state, node)
  made.children.unshift(...anchor(node))
  return made
}

function strong(state: State, node: Element) {
  return { type: 'strong' as const, children: state.all(node) as PhrasingContent[] }
}

function pre(state: State, node: Element) {
  const code = node.children.find((child) => child.type === 'element')
  if (!code || !isMath(code)) return defaultHandlers.pre(state, node)
  return [...anchor(node), { type: 'math', value: textContent(code) } as never]
}

// A table of a register has cells that Markdown's tables cannot hold.
function figure(state: State, node: Element) {
  const children = state.toFlow(
    node.children.flatMap((child) =>
      child.type === 'element' && child.tagName === 'table' && classesOf(node).includes('weft-register')
        ? ([{ type: 'html', value: toHtml(child) }] as never)
        : (state.one(child, node) ?? []),
    ) as never,
  )
  return [...anchor(node), ...children] as BlockContent[]
}

function inTags(state: State, node: Element) {
  const tag = (text: string) => ({ type: 'html' as const, value: text })
  return [tag(`<${node.tagName}>`), ...(state.all(node) as PhrasingContent[]), tag(`</${node.tagName}>`)]
}

function raw(_state: State, node: { readonly value: string }) {
  if (!node.value.startsWith('<svg')) return { type: 'html' as const, value: node.value }
  // Notebooks take drawings out of Markdown, but not pictures.
  const url = `data:image/svg+xml;base64,${Buffer.from(node.value).toString('base64')}`
  return { type: 'image' as const, url, alt: /aria-label="([^"]*)"/.exec(node.value)?.[1] ?? '' }
}

function anchor({ properties: { id } }: Element): { type: 'html'; value: string }[] {
  return typeof id === 'string' ? [{ type: 'html', value: `<a id="${id}"></a>` }] : []
}

function isMath(node: Element): boolean {
  return classesOf(node).includes('language-math')
}
