import type { Document, FigureCell, Section, TableCell } from './document.ts'
import { pythonFigure, pythonHeadings, pythonTable } from './python-cells.ts'

/** Writes a document for Org mode, with cached blocks in one Python session. */
export function toOrg({ title, sections }: Document): string {
  return `#+TITLE: ${title}
#+DATE: 2026-11-30
#+LANGUAGE: en
#+OPTIONS: toc:nil author:nil
#+LATEX_HEADER: \\usepackage{lmodern}
#+PROPERTY: header-args:python :session report :cache yes :exports results

${sections.map(section).join('\n')}`
}

function section({ title, prose, formulas, table, figure }: Section): string {
  const [before, after] = prose
  return `* ${title}

${before}

${formulas.map((formula) => `\\[\n${formula}\n\\]\n`).join('\n')}
${after}

${tableCell(table)}
${figureCell(figure)}`
}

function tableCell(table: TableCell): string {
  return `#+NAME: ${table.label}
#+BEGIN_SRC python :results value table
${pythonTable(table)}
[${pythonHeadings}, None] + rows
#+END_SRC

#+CAPTION: ${table.caption}
#+RESULTS: ${table.label}

`
}

function figureCell(figure: FigureCell): string {
  return `#+NAME: ${figure.label}
#+BEGIN_SRC python :results value file
${pythonFigure(figure)}
plt.savefig('${figure.label}.pdf')
plt.close()
'${figure.label}.pdf'
#+END_SRC

#+CAPTION: ${figure.caption}
#+RESULTS: ${figure.label}

`
}
