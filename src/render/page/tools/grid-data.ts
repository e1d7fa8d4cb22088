import type { ChartUnit, Record } from './chart-units.ts'
import type { DataTable } from './data-table.ts'

/** Lists the images of a grid with the labels below them and the groups at their left; never their pixels. */
export function gridData(units: readonly ChartUnit[]): DataTable | undefined {
  const [grid] = units
    .filter(({ mark }) => mark.type === 'image')
    .sort((a, b) => b.rows.length - a.rows.length)
  if (!grid) return undefined
  const heightPx = Number(grid.mark.height ?? 0)
  const texts = units.filter(({ mark }) => mark.type === 'text')
  const labels = texts.filter(({ mark }) => mark.align === 'center').flatMap(({ rows }) => rows)
  const groups = texts.filter(({ mark }) => mark.align === 'right').flatMap(({ rows }) => rows)
  const found = grid.rows.map((image) => ({
    label: textOf(labels.find((label) => isBelow(label, image, heightPx))),
    group: textOf(groups.findLast((group) => Number(group.y) <= Number(image.y) + heightPx)),
  }))
  const columns = (['group', 'label'] as const).filter((key) => found.some((row) => row[key] !== ''))
  if (columns.length === 0) return undefined
  return {
    columns: ['image', ...columns],
    rows: found.map((row, index) => [index + 1, ...columns.map((key) => row[key])]),
  }
}

function isBelow(label: Record, image: Record, heightPx: number): boolean {
  const gapPx = Number(label.y) - Number(image.y) - heightPx
  return Math.abs(Number(label.x) - Number(image.x)) < 1 && gapPx >= 0 && gapPx < 10
}

function textOf(row: Record | undefined): string {
  return String(row?.text ?? '').replace(/\n/g, ' ')
}
