import type { Root, Text } from 'mdast'
import type { Math as DisplayMath } from 'mdast-util-math'
import type { Node, Parent } from 'unist'
import { visit } from 'unist-util-visit'
import type { VFile } from 'vfile'
import { warn } from '../model/messages.ts'
import { equationLabel } from './equations.ts'
import { isEscaped, placeInText, positionAt } from './place-in-text.ts'

/** Leaves `label-is-given` at each label that follows a formula but does not name it; use it after `labelEquations`. */
export function reportEquationLabels(tree: Root, file: VFile): void {
  visit(tree, (node: Node) => {
    if (node.type === 'math') reportFences(node as DisplayMath, file)
    if (!('children' in node)) return
    for (const [index, child] of (node as Parent).children.entries())
      if (child.type === 'text' && (node as Parent).children[index - 1]?.type === 'inlineMath')
        reportText(child as Text, file)
  })
}

// A line that closes no formula, by its label, is a line of it.
function reportFences(node: DisplayMath, file: VFile): void {
  if (equationLabel(node) !== undefined || !node.position) return
  const [start, end] = [node.position.start.offset!, node.position.end.offset!]
  for (const match of String(file)
    .slice(start, end)
    .matchAll(/\$\$+[ \t]*(\{#([^{}\n]*)\})/g)) {
    const offset = start + match.index + match[0].indexOf('{')
    warn(file, 'label-is-given', reasonOf(match[2]!), positionAt(offset, match[1]!.length, String(file)))
  }
}

function reportText(text: Text, file: VFile): void {
  const [, words, label] = /^\s*(\{#(eq-[^{}]*)\})/.exec(text.value) ?? []
  if (words === undefined || label === undefined) return
  const index = text.value.indexOf(words)
  if (isEscaped(text, index, words, String(file))) return
  warn(file, 'label-is-given', reasonOf(label), placeInText(text, index, words, String(file)))
}

function reasonOf(label: string): string {
  if (!/^eq-[a-z0-9-]+$/.test(label))
    return `Unexpected label \`#${label}\` of a formula, expected \`eq-\`, then small letters, digits and hyphens`
  return `Cannot label the formula before \`#${label}\`, expected one that stands alone: \`$$ ... $$ {#${label}}\` as a paragraph of its own`
}
