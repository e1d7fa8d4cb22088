import type { Paragraph, Root, Text } from 'mdast'
import type { Math as DisplayMath } from 'mdast-util-math'
import type { Node, Parent } from 'unist'
import type { VFile } from 'vfile'
import { warn } from '../model/messages.ts'
import { visit } from '../model/visit.ts'
import { isEscaped, placeInText, positionAt } from './place-in-text.ts'

const label = /^\s*\{#(eq-[a-z0-9-]+)\}\s*$/

/**
 * Labels the display formulas with `{#eq-name}` at their opening or closing fence; also turns a paragraph that holds
 * only `$$...$$ {#eq-name}` into a display formula. Changes the tree in place, right after parsing.
 */
export function labelEquations(tree: Root, source: string): void {
  visit(tree, 'paragraph', (node: Paragraph, index, parent) => {
    const equation = equationOf(node, source)
    if (equation && parent && index !== undefined) (parent as Parent).children[index] = equation
  })
  visit(tree, 'math', (node: DisplayMath) => {
    const closing = sourceOf(node, source)
      .split('\n')
      .at(-1)!
      .replace(/^.*?\$\$+/, '')
    const name = label.exec(node.meta ?? '')?.[1] ?? label.exec(closing)?.[1]
    if (name !== undefined) setEquation(node, name)
  })
}

/** Gives the label of a display formula, if it has one. */
export function equationLabel(node: Node): string | undefined {
  return node.type === 'math' ? (properties(node as DisplayMath).id as string | undefined) : undefined
}

/** Adds the number to a formula as LaTeX does: KaTeX draws it and writes it into the MathML. */
export function tagEquation(node: DisplayMath, number: string): void {
  node.value = `${node.value}\n\\tag{${number}}`
  node.data = { ...node.data, hChildren: codeOf(node.value) }
}

function setEquation(node: DisplayMath, id: string): void {
  node.data = { ...node.data, hProperties: { ...properties(node), id } } as DisplayMath['data']
}

function properties({ data }: DisplayMath): Record<string, unknown> {
  return (data as { hProperties?: Record<string, unknown> } | undefined)?.hProperties ?? {}
}

function equationOf({ children, position }: Paragraph, source: string): DisplayMath | undefined {
  const [formula, after] = children
  if (children.length !== 2 || formula?.type !== 'inlineMath' || after?.type !== 'text') return undefined
  const id = label.exec(after.value)?.[1]
  if (id === undefined || !sourceOf(formula, source).startsWith('$$')) return undefined
  const { value } = formula
  const data = { hName: 'pre', hProperties: { id }, hChildren: codeOf(value) }
  return { type: 'math', meta: null, value, position, data } as DisplayMath
}

function codeOf(
  value: string,
): DisplayMath['data'] extends { hChildren?: infer Children } | undefined ? Children : never {
  const className = ['language-math', 'math-display']
  return [
    { type: 'element', tagName: 'code', properties: { className }, children: [{ type: 'text', value }] },
  ] as never
}

function sourceOf({ position }: Node, source: string): string {
  return source.slice(position?.start.offset ?? 0, position?.end.offset ?? 0)
}

/**
 * Reports `label-is-given` at each label that follows a formula but does not name it; use it after `labelEquations`.
 */
export function reportEquationLabels(tree: Root, file: VFile): void {
  visit(tree, (node: Node) => {
    if (node.type === 'math') reportFences(node as DisplayMath, file)
    if (!('children' in node)) return
    for (const [index, child] of (node as Parent).children.entries())
      if (child.type === 'text' && (node as Parent).children[index - 1]?.type === 'inlineMath')
        reportText(child as Text, file)
  })
}

// If its label makes a line no closing fence, the line is part of the formula.
function reportFences(node: DisplayMath, file: VFile): void {
  if (equationLabel(node) !== undefined || !node.position) return
  const [start, end] = [node.position.start.offset!, node.position.end.offset!]
  for (const match of String(file)
    .slice(start, end)
    .matchAll(/\$\$+[ \t]*(\{#([^{}\n]*)\})/g)) {
    const offset = start + match.index + match[0].indexOf('{')
    warn(file, 'label-is-given', labelReason(match[2]!), positionAt(offset, match[1]!.length, String(file)))
  }
}

function reportText(text: Text, file: VFile): void {
  const [, words, label] = /^\s*(\{#(eq-[^{}]*)\})/.exec(text.value) ?? []
  if (words === undefined || label === undefined) return
  const index = text.value.indexOf(words)
  if (isEscaped(text, index, words, String(file))) return
  warn(file, 'label-is-given', labelReason(label), placeInText(text, index, words, String(file)))
}

function labelReason(label: string): string {
  if (!/^eq-[a-z0-9-]+$/.test(label))
    return `Unexpected label \`#${label}\` of a formula, expected \`eq-\`, then small letters, digits and hyphens`
  return `Cannot label the formula before \`#${label}\`, expected one that stands alone: \`$$ ... $$ {#${label}}\` as a paragraph of its own`
}
