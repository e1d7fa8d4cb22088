import type { Element, ElementContent, Root } from 'hast'
import type { VFile } from 'vfile'
import { warn } from '../model/messages.ts'
import { h } from '../page/hast.ts'

const blocks = new Set(['root', 'blockquote', 'li', 'section', 'div', 'figure', 'details'])

/**
 * Gives a tree in which an author's HTML is shown as its source, with a warning at its place; comments are left out.
 *
 * @param own Says whether markup is the tool's own, which stays; gives what stands for it.
 */
export function showMarkup(
  tree: Root,
  file: VFile,
  own: (value: string) => ElementContent | undefined,
): Root {
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
