import type { FigureCell, Section, TableCell } from './document.ts'

/** How a dialect of Markdown writes the two cells of a section. */
export interface CellWriters {
  tableCell(table: TableCell): string
  figureCell(figure: FigureCell): string
}

/** Writes a section in Markdown: all dialects agree on headings, prose and displayed formulas. */
export function markdownSection(
  { title, prose, formulas, table, figure }: Section,
  { tableCell, figureCell }: CellWriters,
): string {
  const [before, after] = prose
  return `# ${title}

${before}

${formulas.map((formula) => `$$\n${formula}\n$$\n`).join('\n')}
${after}

${tableCell(table)}
${figureCell(figure)}`
}
