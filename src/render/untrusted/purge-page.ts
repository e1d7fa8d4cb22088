import type { Element, ElementContent, Root } from 'hast'
import rehypeSanitize from 'rehype-sanitize'
import { unified } from 'unified'
import { visit } from 'unist-util-visit'
import type { VFile } from 'vfile'
import { limits } from '../model/limits.ts'
import { fail } from '../model/messages.ts'
import type { Report } from '../model/types.ts'
import { h } from '../page/hast.ts'
import { cleanText } from './clean-text.ts'
import { pageSchema } from './page-schema.ts'
import { purgeElement } from './purge-element.ts'
import { showMarkup } from './show-markup.ts'

/** What a chapter of a report that is not trusted may have besides words. */
export interface Purging {
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
    const place = placeOf(element)
    if (place !== undefined && parent && index !== undefined)
      parent.children[index] = { type: 'raw', value: kept[place]! }
  })
  return safe
}

// No Markdown makes such an element.
function placeFor(index: number): ElementContent {
  return h('wbr', { title: String(index) }, [])
}

function placeOf({ tagName, properties: { title } }: Element): number | undefined {
  return tagName === 'wbr' && title !== undefined ? Number(title) : undefined
}

function refuse(file: VFile, nodes: number): Root {
  const reason = `Cannot show the chapter, expected at most ${limits.nodes} elements and texts, found ${nodes}`
  fail(file, 'report-is-harmless', reason, { line: 1, column: 1 })
  const words = h('p', {}, [{ type: 'text', value: reason }])
  return { type: 'root', children: [h('div', { className: ['weft-failure'], role: 'alert' }, [words])] }
}
