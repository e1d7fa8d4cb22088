import type { Table } from '../model/types.ts'

/** Writes a table as text, a line each row, its columns aligned. Headings are Markdown as it stands. */
export function plainTable({ columns, rows }: Table): string {
  const set = columns.map(({ key, title, align }) => {
    const texts = [title, ...rows.map((row) => (row[key]?.text ?? '').replace(/\s*[\r\n]+\s*/g, ' '))]
    const width = Math.max(...texts.map(lengthOf))
    return texts.map((text) => {
      const room = ' '.repeat(width - lengthOf(text))
      return align === 'right' ? room + text : text + room
    })
  })
  const lines = [-1, ...rows.keys()].map((index) => set.map((texts) => texts[index + 1]!).join('  '))
  return lines.map((line) => line.trimEnd()).join('\n')
}

function lengthOf(text: string): number {
  return [...text].length
}
