import type { Root, Table } from 'mdast'
import type { VFile } from 'vfile'
import { warn } from '../model/messages.ts'
import { visit } from '../model/visit.ts'

/**
 * Takes the backslash from each `\|` of the formulas and directives in a table's cells, which only keeps the cell
 * together; in the code of a cell the parser does it. Changes the tree in place.
 */
export function unescapePipes(tree: Root): void {
  visit(tree, 'tableCell', (cell) => {
    visit(cell, (node) => {
      if (node.type === 'inlineMath') {
        node.value = unescaped(node.value)
        node.data = { ...node.data, hChildren: [{ type: 'text', value: node.value }] }
      } else if (node.type === 'textDirective')
        for (const [name, value] of Object.entries(node.attributes ?? {}))
          node.attributes![name] = unescaped(value ?? '')
    })
  })
}

function unescaped(text: string): string {
  return text.replace(/\\([\\|])/g, (both, escaped: string) => (escaped === '|' ? '|' : both))
}

/**
 * Warns of the cells of a row that its head has no column for, and which GFM leaves out (`output-renders`): mostly a
 * pipe in a formula has divided one.
 */
export function reportLostCells({ children: [head, ...rows] }: Table, file: VFile): void {
  const columns = head?.children.length ?? 0
  for (const { children, position } of rows) {
    if (children.length <= columns) continue
    const reason = `Unexpected ${children.length} cells in a row, expected at most ${columns}, as in the head of its table: a pipe within a cell is written \`\\|\``
    warn(file, 'output-renders', reason, children[columns]!.position ?? position)
  }
}
