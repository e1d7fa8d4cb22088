import type { Document, FigureCell, TableCell } from './document.ts'
import { markdownSection } from './markdown-section.ts'
import { traceFile } from './trace.ts'

/** Writes a document as Markdown with TypeScript cells and vega-lite figures. */
export function toWeft({ title, sections }: Document): string {
  return `---
title: ${title}
date: 2026-11-30
lang: en
echo: hide
---

${sections.map((section) => markdownSection(section, { tableCell, figureCell })).join('\n')}`
}

function tableCell({ label, caption, growth, rows }: TableCell): string {
  return `\`\`\`ts exec #${label}
import { appendFileSync } from 'node:fs'
import { table } from 'weft/output'

appendFileSync('${traceFile}', '${label}\\n')
const rows = Array.from({ length: ${rows} }, (_, index) => {
  const value = (1 + ${growth}) ** (index + 1)
  return { step: index + 1, value, inverse: 1 / value, root: Math.sqrt(value), logarithm: Math.log(value) }
})

export default table(rows, {
  columns: { step: 'Step', value: 'Value', inverse: 'Inverse', root: 'Root', logarithm: 'Logarithm' },
  format: { value: 4, inverse: 4, root: 4, logarithm: 4 },
  caption: '${caption}',
})
\`\`\`
`
}

function figureCell({ label, caption, damping, frequency, points }: FigureCell): string {
  return `\`\`\`ts exec #${label}
import { appendFileSync } from 'node:fs'
import { figure } from 'weft/output'

appendFileSync('${traceFile}', '${label}\\n')
const values = Array.from({ length: ${points} }, (_, index) => {
  const time = (10 * index) / ${points - 1}
  return { time, swing: Math.exp(-${damping} * time) * Math.cos(${frequency} * time) }
})

export default figure(
  {
    data: { values },
    mark: 'line',
    width: 400,
    height: 220,
    encoding: {
      x: { field: 'time', type: 'quantitative', title: 'Time' },
      y: { field: 'swing', type: 'quantitative', title: 'Swing' },
    },
  },
  { alt: 'A line that swings about zero and comes to rest.', caption: '${caption}' },
)
\`\`\`
`
}
