import type { RootContent } from 'mdast'
import { dataLines, element } from '../../model/element.ts'
import { titleOfKey } from '../../model/output-types.ts'
import type { Table, TableCell, TableColumn } from '../../model/types.ts'
import { wordsFor } from '../../model/words.ts'
import { alignPoints, isNumberText, type Stretch } from './align-points.ts'
import { captionNodes, text, withoutMarkup } from './caption.ts'
import type { OutputContext } from './context.ts'

type Row = Table['rows'][number]

/** Sets a table, with its caption above. Headings are Markdown, cells are text. */
export function tableToMdast({ columns, rows, caption }: Table, context: OutputContext): RootContent[] {
  const { output: words } = context.words ?? wordsFor('en')
  const hasRowHeadings = namesRows(columns[0], rows)
  const head = columns.map((column) => heading(column, context))
  const { lang = 'en' } = context
  const set = columns.map(({ key, align }) => stretchesOf(rows, { key, align }, lang))
  const body = rows.map((row, index) =>
    element(
      'tr',
      {},
      columns.map((column, place) =>
        cell(row[column.key], set[place]![index]!, {
          align: column.align,
          isHeading: hasRowHeadings && place === 0,
          bestWord: words.best,
          lang,
        }),
      ),
    ),
  )
  return [
    element('figure', { className: ['weft-table'], id: context.id }, [
      ...captionNodes(caption, context, rows.some(hasBest) ? words.bestNote : undefined),
      element('table', {}, [element('thead', {}, [element('tr', {}, head)]), element('tbody', {}, body)]),
    ]),
  ]
}

function heading({ key, title, align }: TableColumn, { parseMarkdown }: OutputContext): RootContent {
  const children = title === titleOfKey(key) ? dataLines(key) : titleNodes(title, parseMarkdown)
  return element('th', { scope: 'col', className: [`align-${align}`] }, children)
}

/** Words without a sign that Markdown knows: most titles are such, and to parse one takes longer than to set its table. */
const plain = /^\p{L}+(?:,? \p{L}+)*$/u

// To Markdown, a title such as `1.` or `# seeds` is not a paragraph, but here it is a line of text.
function titleNodes(title: string, parseMarkdown: OutputContext['parseMarkdown']): RootContent[] {
  if (plain.test(title)) return [text(title)]
  const content = withoutMarkup(parseMarkdown(title))
  const [only] = content
  return content.length === 1 && only?.type === 'paragraph' ? only.children : [text(title)]
}

// Numbers are aligned to the right, so only the room behind their points has to be equal.
function stretchesOf(
  rows: readonly Row[],
  { key, align }: Pick<TableColumn, 'key' | 'align'>,
  lang: string,
): readonly Stretch[][] {
  const texts = rows.map((row) => row[key]?.text ?? '')
  return align === 'right' ? alignPoints(texts, lang) : texts.map((one) => [one])
}

interface CellOptions {
  readonly align: TableColumn['align']
  readonly isHeading: boolean
  readonly bestWord: string
  readonly lang: string
}

function cell(
  cell: TableCell | undefined,
  stretches: readonly Stretch[],
  { align, isHeading, bestWord: best, lang }: CellOptions,
): RootContent {
  const isNumber = align === 'right' && isNumberText(cell?.text ?? '', lang)
  const className = [`align-${align}`, ...(isNumber ? ['weft-numeric'] : [])]
  const children = stretches.flatMap((stretch) =>
    typeof stretch === 'string'
      ? dataLines(stretch)
      : [element('span', { className: ['weft-pad'], dataPad: stretch.pad }, [])],
  )
  return element(
    isHeading ? 'th' : 'td',
    { ...(isHeading ? { scope: 'row' } : {}), className },
    cell?.best ? [element('strong', { className: ['weft-best'] }, children), bestWord(best)] : children,
  )
}

// For readers who do not see the weight; paper has the note instead.
function bestWord(word: string): RootContent {
  return element('span', { className: ['weft-screen', 'sr-only'] }, [text(word)])
}

function hasBest(row: Row): boolean {
  return Object.values(row).some(({ best }) => best === true)
}

/** Says whether the first column names the rows, each by a string of its own, and there are other columns. */
function namesRows(first: TableColumn | undefined, rows: readonly Row[]): boolean {
  if (first === undefined || rows.length === 0 || Object.keys(rows[0]!).length < 2) return false
  const names = rows.map((row) => row[first.key]?.raw)
  return (
    names.every((name) => typeof name === 'string' && name !== '') && new Set(names).size === names.length
  )
}
