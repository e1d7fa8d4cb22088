import { type Formatter, formatterFor } from '../../model/formatter.ts'
import { csvAddress, readCsv } from '../tools/data-table.ts'
import { mostRows, shownNumber } from '../tools/shown-data.ts'
import { element } from './element.ts'
import { onPatch } from './on-patch.ts'
import { unpacked } from './unpack.ts'

/** Shows the data of a figure while its fold is open, and gives them as CSV when the link is pressed. */
export function outputData(): void {
  const fillOpen = () => {
    const open = 'details.weft-data[open]:not(:has(>.weft-rows))'
    for (const fold of document.querySelectorAll<HTMLDetailsElement>(open)) fill(fold)
  }
  document.addEventListener('toggle', fillOpen, true)
  // What a preview has changed has lost its rows.
  onPatch(fillOpen)
  document.addEventListener('click', ({ target }) => {
    const link = (target as Element).closest<HTMLAnchorElement>('a.weft-csv')
    const csv = link && csvOf(link)
    if (csv !== undefined && csv !== null) link!.href = csvAddress(csv)
  })
}

function csvOf(element: Element): string | undefined {
  const data = element.closest<HTMLElement>('[data-csv]')?.dataset.csv
  return data === undefined ? undefined : unpacked(data)
}

function fill(fold: HTMLDetailsElement): void {
  const csv = csvOf(fold)
  if (csv === undefined) return
  const { label = '', rest } = fold.dataset
  const formatter = formatterFor(fold.closest<HTMLElement>('[lang]')?.lang ?? 'en')
  const box = element('div', { className: 'weft-rows', role: 'region', 'aria-label': label })
  box.tabIndex = 0
  box.append(tableOf(readCsv(csv), label, formatter))
  fold.append(box)
  if (rest !== undefined) fold.append(element('p', {}, rest))
}

function tableOf(
  [head = [], ...rows]: readonly (readonly string[])[],
  label: string,
  formatter: Formatter,
): HTMLTableElement {
  const isNumeric = head.map((_, index) => rows.every((row) => row[index] === '' || isNumber(row[index]!)))
  const table = element('table', { 'aria-label': label })
  const top = table.createTHead().insertRow()
  for (const name of head) {
    top.append(element('th', { scope: 'col' }, name))
  }
  const body = table.createTBody()
  for (const row of rows.slice(0, mostRows)) {
    const line = body.insertRow()
    for (const [index, value] of row.entries()) {
      const cell = line.insertCell()
      cell.textContent = shownValue(value, isNumeric[index]!, formatter)
      if (isNumeric[index]) cell.className = 'align-right'
    }
  }
  return table
}

function isNumber(text: string): boolean {
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)
}

function shownValue(value: string, isNumeric: boolean, formatter: Formatter): string {
  return isNumeric && value !== '' ? shownNumber(Number(value), formatter) : shownText(value, formatter)
}

// A day of a chart is an instant in its data.
function shownText(value: string, { day }: Formatter): string {
  return /^\d{4}-\d{2}-\d{2}T00:00:00\.000Z$/.test(value)
    ? day(new Date(value))
    : value.replace(/^'(?=[=+\-@\t\r])/, '')
}
