import type { Document, FigureCell, TableCell } from './document.ts'
import { markdownSection } from './markdown-section.ts'
import { pythonFigure, pythonHeadings, pythonTable } from './python-cells.ts'

/** Writes a document as MyST Markdown, with cells in Python for Jupyter's kernel. */
export function toMystmd({ title, sections }: Document): string {
  return `---
title: ${title}
date: 2026-11-30
kernelspec:
  name: python3
  display_name: Python 3
exports:
  - format: pdf
    template: template
    output: report.pdf
---

${sections.map((section) => markdownSection(section, { tableCell, figureCell })).join('\n')}`
}

// mystmd's PDF supports only pictures, HTML and plain text as outputs.
function tableCell(table: TableCell): string {
  return `:::{table} ${table.caption}
:label: ${table.label}
\`\`\`{code-cell} python
:tags: [remove-input]
from IPython.display import HTML
${pythonTable(table)}
line = lambda cells, tag: '<tr>' + ''.join(f'<{tag}>{cell}</{tag}>' for cell in cells) + '</tr>'
HTML('<table>' + line(${pythonHeadings}, 'th') + ''.join(line(row, 'td') for row in rows) + '</table>')
\`\`\`
:::
`
}

function figureCell(figure: FigureCell): string {
  return `:::{figure}
:label: ${figure.label}
\`\`\`{code-cell} python
:tags: [remove-input]
${pythonFigure(figure)}
plt.show()
\`\`\`
${figure.caption}
:::
`
}
