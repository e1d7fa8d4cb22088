import type { Element, ElementContent, Root, RootContent } from 'hast'
import { SKIP, visit } from 'unist-util-visit'
import type { VFile } from 'vfile'
import { sha256 } from '../digest.ts'
import { fail } from '../messages.ts'
import type { BlockCache } from './block-cache.ts'
import { classesOf, h, textOf } from './hast.ts'

interface Formula {
  readonly tex: string
  readonly isDisplay: boolean
  readonly element: Element
  replace(by: ElementContent): void
}

/**
 * Draws formulas with KaTeX, as HTML and MathML: `math-inline`, `math-display` and fences of the language `math`.
 * A formula that KaTeX cannot read stays as its source, marked, with a message at its place (`math-renders`).
 */
export async function drawMathematics(tree: Root, file: VFile, cache: BlockCache): Promise<void> {
  const formulas = findFormulas(tree)
  if (formulas.length === 0) return
  const { default: katex } = await import('katex')
  for (const { tex, isDisplay, element, replace } of formulas) {
    const key = sha256(`katex ${katex.version} ${isDisplay} ${tex}`)
    try {
      const value = cache.get(key) ?? katex.renderToString(tex, { displayMode: isDisplay, strict: 'ignore' })
      cache.set(key, value)
      replace({ type: 'raw', value, data: { tex } })
    } catch (cause) {
      fail(file, 'math-renders', `Cannot draw \`${tex.trim()}\`, ${reasonOf(cause)}`, element.position)
      const source = h('code', { className: ['weft-bad-math'], title: reasonOf(cause) }, [
        { type: 'text', value: tex },
      ])
      replace(isDisplay ? h('p', {}, [source]) : source)
    }
  }
}

/** Lists the markup of a page's formulas. */
export function formulaMarkup(nodes: readonly RootContent[]): string[] {
  return nodes.flatMap((node) => {
    if (node.type === 'raw') return node.data?.tex === undefined ? [] : [node.value]
    return 'children' in node ? formulaMarkup(node.children) : []
  })
}

function findFormulas(tree: Root): Formula[] {
  const found: Formula[] = []
  visit(tree, 'element', (element, index, parent) => {
    if (parent === undefined || index === undefined) return
    const inner =
      element.tagName === 'pre' ? element.children.find((child) => child.type === 'element') : element
    if (!inner) return
    const classes = classesOf(inner)
    if (!classes.includes('language-math')) return
    found.push({
      tex: textOf(inner),
      isDisplay: element.tagName === 'pre' || classes.includes('math-display'),
      element,
      replace: (by) => void parent.children.splice(parent.children.indexOf(element), 1, by),
    })
    return SKIP
  })
  return found
}

function reasonOf(error: unknown): string {
  // It ends with the source and combining underlines, which the message has already.
  return (error as Error).message
    .replace(/^KaTeX parse error: /, '')
    .replace(/ at position (\d+):.*$/s, ' at position $1')
}
