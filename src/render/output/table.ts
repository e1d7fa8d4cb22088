import type { RootContent } from 'mdast'
import { element } from '../element.ts'
import type { Table, TableColumn } from '../types.ts'
import { captionNodes, text } from './caption.ts'
import type { OutputContext } from './context.ts'

type Row = Table['rows'][number]

/** Sets a table, with its caption above. Headings are Markdown, cells are text. */
export function tableToMdast({ columns, rows, caption }: Table, context: OutputContext): RootContent[] {
  const hasRowHeadings = namesRows(columns[0], rows)
  const head = columns.map((column) => heading(column, context))
  const body = rows.map((row) =>
    element(
      'tr',
      {},
      columns.map((column, index) => cell(row, column, hasRowHeadings && index === 0)),
    ),
  )
  return [
    element('figure', { className: ['weft-table'], id: context.id }, [
      ...captionNodes(caption, context),
      element('table', {}, [element('thead', {}, [element('tr', {}, head)]), element('tbody', {}, body)]),
    ]),
  ]
}

function heading({ title, align }: TableColumn, { parseMarkdown }: OutputContext): RootContent {
  const content = parseMarkdown(title)
  const [only] = content
  // A title such as `1.` or `# seeds` is no paragraph to Markdown, but here it is a line of text.
  const children = content.length === 1 && only?.type === 'paragraph' ? only.children : [text(title)]
  return element('th', { scope: 'col', className: [`align-${align}`] }, children)
}

function cell(row: Row, { key, align }: TableColumn, isHeading: boolean): RootContent {
  const properties = { ...(isHeading ? { scope: 'row' } : {}), className: [`align-${align}`] }
  return element(isHeading ? 'th' : 'td', properties, [text(row[key]?.text ?? '')])
}

/** Says whether the first column tells the rows apart by a text each, and others tell more about them. */
function namesRows(first: TableColumn | undefined, rows: readonly Row[]): boolean {
  if (first === undefined || rows.length === 0 || Object.keys(rows[0]!).length < 2) return false
  const names = rows.map((row) => row[first.key]?.raw)
  return (
    names.every((name) => typeof name === 'string' && name !== '') && new Set(names).size === names.length
  )
}
