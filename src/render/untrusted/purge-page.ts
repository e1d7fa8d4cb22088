import type { Element, ElementContent, Root } from 'hast'
import rehypeSanitize from 'rehype-sanitize'
import { unified } from 'unified'
import type { VFile } from 'vfile'
import { limits } from '../model/limits.ts'
import { fail, warn } from '../model/messages.ts'
import type { Report } from '../model/types.ts'
import { visit } from '../model/visit.ts'
import { h } from '../page/hast.ts'
import { cleanText } from './clean-text.ts'
import { pageSchema } from './page-policy.ts'
import { purgeElement } from './purge-element.ts'

/** What a chapter of a report that is not trusted may have besides words. */
interface Purging {
  readonly report: Report
  /** Drawings that were made and looked through here. */
  readonly drawings: ReadonlySet<string>
}

/**
 * Gives a chapter's page without anything that runs, loads, hides or passes for what the tool itself says. What was
 * taken away has a message at its place (`report-is-harmless`): an error where something is missing now.
 */
export function purgePage(tree: Root, file: VFile, { report, drawings }: Purging): Root {
  // 1. Drawings are put aside; an author's own markup is text.
  const kept: string[] = []
  const rest = showMarkup(tree, file, (value) =>
    drawings.has(value) ? placeFor(kept.push(value) - 1) : undefined,
  )
  // 2. What an author can decide, where it has a place.
  let nodes = 0
  visit(rest, (node) => {
    nodes++
    if (node.type === 'text') node.value = cleanText(node.value)
    if (node.type === 'element') purgeElement(node, file, report)
  })
  if (nodes > limits.nodes) return refuse(file, nodes)
  // 3. Nothing but what is known, and the drawings in their places.
  const safe = unified().use(rehypeSanitize, pageSchema).runSync(rest) as Root
  visit(safe, 'element', (element, index, parent) => {
    const place = drawingAt(element)
    if (place !== undefined && parent && index !== undefined)
      parent.children[index] = { type: 'raw', value: kept[place]! }
  })
  return safe
}

// No Markdown makes such an element.
function placeFor(index: number): ElementContent {
  return h('wbr', { title: String(index) }, [])
}

function drawingAt({ tagName, properties: { title } }: Element): number | undefined {
  return tagName === 'wbr' && title !== undefined ? Number(title) : undefined
}

function refuse(file: VFile, nodes: number): Root {
  const reason = `Cannot show the chapter, expected at most ${limits.nodes} elements and texts, found ${nodes}`
  fail(file, 'report-is-harmless', reason, { line: 1, column: 1 })
  const words = h('p', {}, [{ type: 'text', value: reason }])
  return { type: 'root', children: [h('div', { className: ['weft-failure'], role: 'alert' }, [words])] }
}

const blocks = new Set(['root', 'blockquote', 'li', 'section', 'div', 'figure', 'details'])

/**
 * Gives a tree in which an author's HTML is shown as its source, with a warning at its place; comments are left out.
 *
 * @param own Says whether markup is the tool's own, which stays; gives what stands for it.
 */
function showMarkup(tree: Root, file: VFile, own: (value: string) => ElementContent | undefined): Root {
  return { ...tree, children: inChildren(tree.children as ElementContent[], 'root', { file, own }) }
}

interface Showing {
  readonly file: VFile
  own(value: string): ElementContent | undefined
}

function inChildren(children: readonly ElementContent[], parent: string, showing: Showing): ElementContent[] {
  return children.flatMap((child): ElementContent[] => {
    if (child.type === 'element')
      return [{ ...child, children: inChildren(child.children, child.tagName, showing) } as Element]
    if (child.type !== 'raw') return [child]
    const kept = showing.own(child.value)
    if (kept) return [kept]
    if (/^\s*<!--(?:(?!-->)[\s\S])*-->\s*$/.test(child.value)) return []
    const reason = `Unexpected HTML \`${child.value.slice(0, 40)}\`, expected Markdown alone: it is shown as its source`
    warn(showing.file, 'report-is-harmless', reason, child.position)
    const source = h('code', {}, [{ type: 'text', value: child.value }])
    return [blocks.has(parent) ? h('p', {}, [source]) : source]
  })
}
