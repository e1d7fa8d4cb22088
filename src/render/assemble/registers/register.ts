import type { PhrasingContent, RootContent } from 'mdast'
import { element, textBelow } from '../../model/element.ts'
import type { RegisterForm } from '../../model/types.ts'
import type { RegisterPlace } from '../../syntax/register-directive.ts'
import type { Facts } from './gather-facts.ts'
import { text } from './nodes.ts'
import type { Speech } from './speech.ts'

/** Makes a register of the computed report; `fill-register.ts` has them all. */
export interface Register extends RegisterForm {
  make(facts: Facts, place: RegisterPlace, speech: Speech): RootContent[] | Content
}

/** A table, and the default text of its caption. */
export interface Content {
  readonly table: RootContent
  /** Markdown. */
  readonly caption: string
  /** Whether the table is short enough to fit on one page. */
  readonly isShort?: boolean
  /** What paper shows instead of the table, which a screen alone shows then. */
  readonly onPaper?: string
}

/** A column of a register's table; left-aligned by default. */
interface Column {
  readonly title: string
  readonly align?: 'left' | 'right'
}

/** Rows that belong together, with an optional heading. */
export interface RowGroup {
  readonly heading?: readonly PhrasingContent[]
  /** The first cell of each row is the heading of the row. */
  readonly rows: readonly (readonly PhrasingContent[])[][]
}

/** Builds the table of a register: cells hold text, code and links; the first cell of a row is its heading. */
export function registerTable(columns: readonly Column[], groups: readonly RowGroup[]): RootContent {
  const head = columns.map(({ title, align = 'left' }) =>
    element('th', { scope: 'col', className: [`align-${align}`] }, [text(title)]),
  )
  const bodies = groups.map(({ heading, rows }) =>
    element('tbody', {}, [
      ...(heading ? [groupHeading(heading, columns.length)] : []),
      ...rows.map((cells) => row(cells, columns)),
    ]),
  )
  return element('table', { className: ['weft-register-table'] }, [
    element('thead', {}, [element('tr', {}, head)]),
    ...bodies,
  ])
}

function groupHeading(children: readonly PhrasingContent[], columns: number): RootContent {
  return element('tr', { className: ['weft-row-group'] }, [
    element('th', { scope: 'rowgroup', colSpan: columns }, children),
  ])
}

function row(cells: readonly (readonly PhrasingContent[])[], columns: readonly Column[]): RootContent {
  return element(
    'tr',
    {},
    columns.map(({ align = 'left' }, index) =>
      // An empty heading cell would name nothing.
      index === 0 && cells[0]!.some((node) => textBelow(node) !== '')
        ? element('th', { scope: 'row', className: [`align-${align}`] }, cells[index] ?? [])
        : element('td', { className: [`align-${align}`] }, cells[index] ?? []),
    ),
  )
}

/** Reads the option `print` of a list that paper leaves out by default. Throws for anything but `true` and `false`. */
export function printsList(print: string | undefined): boolean {
  if (print === undefined || print === 'false') return false
  if (print === 'true' || print === '') return true
  throw new Error(`expected \`print\` to be \`true\` or \`false\`, found \`${print}\``)
}
