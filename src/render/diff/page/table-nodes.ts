import type { Element, ElementContent } from 'hast'
import { h } from '../../page/hast.ts'
import type { TableChange } from '../schema.ts'
import { changeNodes, classOf, el, foldNode, text, whyNode } from './nodes.ts'

/** Most rows of a table that are shown whole; of a longer one, only those that changed. */
const mostRows = 30

/** Makes a table as it is now, with the old text of each changed cell before the new one. */
export function tableNodes(change: TableChange): ElementContent {
  const { id, kind, verdict, because, place, rows, columns } = change
  if (kind === 'plain') return plainNodes(change)
  const shown = rows.length > mostRows ? rows.filter(({ state }) => state !== 'same') : rows
  const left = rows.length - shown.length
  return el('article', `diff-change ${classOf(verdict)}`, [
    el('figure', 'weft-table', [
      el('figcaption', '', [
        el('span', 'weft-number', [`#${id}`]),
        left > 0 ? `, without ${left} rows that are the same` : '',
      ]),
      el('div', 'weft-scroll', [
        el('table', '', [
          el('thead', '', [el('tr', '', columns.map(headCell))]),
          el(
            'tbody',
            '',
            shown.map((row) => rowNode(row, columns)),
          ),
        ]),
      ]),
    ]),
    ...rulesNode(change),
    whyNode(verdict, { because, place, more: [countWords(change)] }),
  ])
}

function plainNodes({ id, verdict, because, place, rows }: TableChange): ElementContent {
  const [cell] = rows.flatMap((row) => row.cells)
  return el('article', `diff-change ${classOf(verdict)}`, [
    el('p', 'diff-sentence', [`#${id}: `, ...changeNodes(cell?.before, cell?.after)]),
    whyNode(verdict, { rule: cell?.rule ?? '', because, place }),
  ])
}

type Column = TableChange['columns'][number]
type Row = TableChange['rows'][number]

function headCell({ title, key, state, isNumber }: Column): Element {
  const words = text(title || key)
  const content =
    state === 'added' ? el('ins', '', [words]) : state === 'removed' ? el('del', '', [words]) : words
  return h('th', { className: isNumber ? ['align-right'] : [] }, [content])
}

function rowNode(row: Row, columns: readonly Column[]): Element {
  const cells = columns.map(({ key, isNumber, state }) => {
    const own = row.cells.find((cell) => cell.key === key)
    const align = isNumber ? 'align-right' : ''
    if (!own) return el('td', align, [row.texts[key] ?? ''])
    const isWhole = row.state === 'added' || row.state === 'removed' || state !== 'same'
    const name = isWhole ? align : `${align} diff-cell ${classOf(own.verdict)}`
    return el('td', name.trim(), changeNodes(own.before, own.after))
  })
  return el('tr', `diff-row-${row.state}`, cells)
}

function countWords({ rows, columns }: TableChange): string {
  const cells = rows.filter(({ state }) => state === 'changed').flatMap((row) => row.cells)
  const count = (state: Row['state']) => rows.filter((row) => row.state === state).length
  const words: readonly [number, string][] = [
    [cells.length, cells.length === 1 ? 'cell changed' : 'cells changed'],
    [count('added'), count('added') === 1 ? 'new row' : 'new rows'],
    [count('removed'), count('removed') === 1 ? 'row gone' : 'rows gone'],
    [columns.filter(({ state }) => state === 'added').length, 'new in the columns'],
    [columns.filter(({ state }) => state === 'removed').length, 'gone of the columns'],
  ]
  return words.flatMap(([number, noun]) => (number > 0 ? [`${number} ${noun}`] : [])).join(', ')
}

function rulesNode({ rows, columns }: TableChange): ElementContent[] {
  const titles = new Map(columns.map(({ key, title }) => [key, title]))
  const lines = rows
    .filter(({ state }) => state === 'changed')
    .flatMap(({ name, cells }) =>
      cells
        .filter(({ rule }) => rule !== '')
        .map(({ key, rule, verdict }) =>
          el('li', classOf(verdict), [`${name}, ${titles.get(key)}: ${rule}`]),
        ),
    )
  return lines.length > 0
    ? [foldNode('How each cell was judged', [el('ul', 'diff-rules weft-date', lines)])]
    : []
}
