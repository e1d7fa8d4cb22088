import type { FigureCell, Section, TableCell } from './document.ts'

/** Writers of the two cells of a section in a dialect of Markdown. */
export interface CellWriters {
  tableCell(table: TableCell): string
  figureCell(figure: FigureCell): string
}

/** Writes a section in Markdown. All dialects share headings, prose and displayed formulas. */
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
