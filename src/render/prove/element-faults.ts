import type { PageCell, PageTexts } from './client/audit.ts'
import { shownCell, shownName } from './grid.ts'
import { holds } from './match-at.ts'
import type { Fault, Grid } from './piece.ts'
import { fold } from './printed-text.ts'
import type { Wanted } from './wanted.ts'

type PageTable = PageTexts['tables'][number]

const mostFaults = 3

/**
 * Compares the elements of the loaded page with what they must hold: cell by cell of each table, each plain output and
 * each value. Gives the faults of those that hold something else, or whose words are laid out elsewhere.
 */
export function elementFaults(wanted: readonly Wanted[], page: PageTexts): Map<Wanted, readonly Fault[]> {
  const grids = wanted.flatMap(({ grid }) => (grid ? [grid] : []))
  const tables = new Map(tablesOf(grids, page.tables).map((table, index) => [grids[index]!, table]))
  const faults = wanted.map((one) => {
    if (one.grid) return [one, tableFaults(one, one.grid, tables.get(one.grid))] as const
    const held = heldBy(one, page)
    return [one, held === undefined ? [] : textFaults(one, held)] as const
  })
  return new Map(faults.filter(([, found]) => found.length > 0))
}

/** Gives what the elements of a value or plain output hold, or nothing where it has none of its own. */
function heldBy({ id, output }: Wanted, { outputs, values }: PageTexts): string[] | undefined {
  if (id !== undefined) return values.filter(([one]) => one === id).map(([, text]) => text)
  return output === undefined
    ? undefined
    : outputs.filter(([one]) => one === output.id).map(([, text]) => text)
}

function textFaults({ text, spot, shown, output }: Wanted, held: readonly string[]): Fault[] {
  const other = held.find((one) => !holds(one, output?.text ?? text))
  if (other === undefined && held.length > 0) return []
  const where = shown === text ? '' : `, expected \`…${shown}…\``
  const found = other === undefined ? 'no element of it' : `\`${fold(other).trim()}\``
  return [{ spot, reason: `Cannot find \`${text}\` in the printed page${where}, found ${found}` }]
}

// Tables that are no outputs, as those of raw HTML, are passed over.
function tablesOf(grids: readonly Grid[], tables: readonly PageTable[]): (PageTable | undefined)[] {
  if (grids.length === tables.length) return [...tables]
  let next = 0
  return grids.map((grid) => {
    const same = tables.findIndex((table, index) => index >= next && hasHead(table, grid))
    if (same >= 0) next = same + 1
    return tables[same]
  })
}

function hasHead([row = [], ...rows]: PageTable, { head, rows: wanted }: Grid): boolean {
  return (
    rows.length === wanted.length &&
    row.length === head.length &&
    head.every(({ text }, column) => holds(row[column]!.text, text))
  )
}

function tableFaults({ spot }: Wanted, grid: Grid, table: PageTable | undefined): Fault[] {
  const name = shownName(grid)
  if (!table)
    return [{ spot, reason: `Cannot find ${name} in the printed page, found no table with its head` }]
  const wanted = [grid.head, ...grid.rows]
  if (table.length !== wanted.length) {
    const reason = `Cannot find the rows of ${name} in the printed page, expected ${wanted.length}, found ${table.length}`
    return [{ spot, reason }]
  }
  const faults = wanted.flatMap((cells, row) =>
    Array.from({ length: Math.max(cells.length, table[row]!.length) }, (_, column): Fault[] => {
      const { text = '', spot: own = spot } = cells[column] ?? {}
      const what = wrongIn(table[row]![column], text)
      const place = `(row ${row}, column ${column + 1})`
      const reason = `Cannot find the cell \`${shownCell(text)}\` of ${name} in the printed page where it belongs ${place}, ${what}`
      return what === '' ? [] : [{ spot: own, reason }]
    }).flat(),
  )
  return faults.slice(0, mostFaults)
}

function wrongIn(cell: PageCell | undefined, wanted: string): string {
  if (cell === undefined) return 'found no cell there'
  if (holds(cell.text, wanted)) return cell.astray && `it ${cell.astray}`
  const found = fold(cell.text).trim()
  return found === '' ? 'found nothing' : `found \`${found}\``
}
