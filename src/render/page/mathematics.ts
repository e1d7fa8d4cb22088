import { runInNewContext } from 'node:vm'
import type { Element, ElementContent, Root, RootContent } from 'hast'
import type { VFile } from 'vfile'
import { sha256 } from '../model/digest.ts'
import { limits } from '../model/limits.ts'
import { fail } from '../model/messages.ts'
import { SKIP, visit } from '../model/visit.ts'
import type { BlockCache } from './block-cache.ts'
import { boundMacros, type MacroBudget } from './bound-macros.ts'
import { classesOf, h, type Raw, textContent } from './hast.ts'

interface Formula {
  readonly tex: string
  readonly isDisplay: boolean
  /** Of an equation with a number. */
  readonly id: string | undefined
  readonly element: Element
  replace(by: ElementContent): void
}

interface Drawing {
  readonly cache: BlockCache
  /** Shared by all chapters of a report. */
  readonly budget: MacroBudget
  /** Longest rule or gap in a formula; for an untrusted report. */
  readonly em?: number
  /** Time of one formula. */
  readonly timeMs?: number
}

/**
 * Draws formulas with KaTeX, as HTML and MathML: `math-inline`, `math-display` and fences of the language `math`.
 * A formula that KaTeX cannot read stays as its source, marked, with a message at its place (`math-renders`).
 */
export async function drawMathematics(
  tree: Root,
  file: VFile,
  { cache, budget, em, timeMs }: Drawing,
): Promise<void> {
  const formulas = findFormulas(tree)
  if (formulas.length === 0) return
  const { default: katex } = await import('katex')
  for (const { tex, isDisplay, id, element, replace } of formulas) {
    const key = sha256(`katex ${katex.version} ${isDisplay} ${tex}`)
    try {
      if (tex.length > limits.formulaCharacters)
        throw new Error(`expected at most ${limits.formulaCharacters} characters, found ${tex.length}`)
      const draw = () =>
        katex.renderToString(tex, {
          ...{ displayMode: isDisplay, strict: 'ignore', trust: false, maxSize: em },
          macros: boundMacros(tex, budget),
        })
      const value = cache.get(key) ?? drawInTime(draw, tex, timeMs)
      cache.set(key, value)
      const drawn: Raw = { type: 'raw', value: id === undefined ? value : apart(value), data: { tex } }
      replace(id === undefined ? drawn : h('div', { className: ['weft-equation'], id }, [drawn]))
    } catch (cause) {
      const reason = texReason(cause, id)
      fail(file, 'math-renders', `Cannot draw \`${shortened(untagged(tex))}\`, ${reason}`, element.position)
      const source = h('code', { className: ['weft-bad-math'], title: reason }, [
        { type: 'text', value: untagged(tex) },
      ])
      replace(isDisplay ? h('p', id === undefined ? {} : { id }, [source]) : source)
    }
  }
}

// JavaScript that runs is stopped only from outside. Preparing that takes longer than a short formula does.
function drawInTime(draw: () => string, tex: string, timeMs: number = limits.formulaMs): string {
  if (tex.length < mostPlainCharacters && !tex.includes('def') && !tex.includes('newcommand')) return draw()
  try {
    return runInNewContext('draw()', { draw }, { timeout: timeMs }) as string
  } catch (cause) {
    if (Object(cause).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw cause
    throw new Error(`expected a formula that is drawn within ${timeMs / 1000} s, found none`, { cause })
  }
}

const mostPlainCharacters = 1_000

function shortened(tex: string): string {
  return tex.length > 400 ? `${tex.slice(0, 200)}…` : tex
}

// KaTeX lays the number over the formula; in a box of its own the formula can make room for it.
function apart(markup: string): string {
  const start = '<span class="katex-html" aria-hidden="true">'
  const [from, to] = [markup.indexOf(start), markup.lastIndexOf('<span class="tag">')]
  if (from < 0 || to < 0) return markup
  const inner = markup.slice(from + start.length, to)
  return `${markup.slice(0, from)}${start}<span class="weft-formula">${inner}</span>${markup.slice(to)}`
}

// As its author wrote it, without the number that numbering gave it.
function untagged(tex: string): string {
  return tex.replace(/\n\\tag\{\d+\}$/, '').trim()
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
      tex: textContent(inner),
      isDisplay: element.tagName === 'pre' || classes.includes('math-display'),
      id: typeof element.properties.id === 'string' ? element.properties.id : undefined,
      element,
      replace: (by) => void parent.children.splice(parent.children.indexOf(element), 1, by),
    })
    return SKIP
  })
  return found
}

function texReason(error: unknown, id: string | undefined): string {
  // It ends with the source and combining underlines, which the message has already.
  const reason = (error as Error).message
    .replace(/^KaTeX parse error: /, '')
    .replace(/ at position (\d+):.*$/s, ' at position $1')
  return id !== undefined && isSecondTag(error)
    ? `${reason}: the label \`#${id}\` numbers it, leave out either`
    : reason
}

// KaTeX tells its errors apart by their words alone.
function isSecondTag(error: unknown): boolean {
  return Object(error).rawMessage === 'Multiple \\tag'
}
