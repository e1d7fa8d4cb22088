import type { Document, FigureCell, TableCell } from './document.ts'
import { markdownSection } from './markdown-section.ts'
import { traceFile } from './trace.ts'

/** Writes a document as R Markdown, with cached cells in R that use base graphics and `kable`. */
export function toKnitr({ title, sections }: Document): string {
  return `---
title: ${title}
date: 2026-11-30
output: pdf_document
---

\`\`\`{r setup, include=FALSE}
knitr::opts_chunk$set(cache = TRUE, echo = FALSE)
\`\`\`

${sections.map((section) => markdownSection(section, { tableCell, figureCell })).join('\n')}`
}

function tableCell({ label, caption, growth, rows }: TableCell): string {
  return `\`\`\`{r ${label}}
cat("${label}\\n", file = "${traceFile}", append = TRUE)
step <- 1:${rows}
value <- (1 + ${growth})^step
rows <- data.frame(Step = step, Value = value, Inverse = 1 / value, Root = sqrt(value), Logarithm = log(value))
knitr::kable(rows, digits = 4, caption = "${caption}")
\`\`\`
`
}

function figureCell({ label, caption, damping, frequency, points }: FigureCell): string {
  return `\`\`\`{r ${label}, fig.cap="${caption}"}
cat("${label}\\n", file = "${traceFile}", append = TRUE)
time <- seq(0, 10, length.out = ${points})
plot(time, exp(-${damping} * time) * cos(${frequency} * time), type = "l", xlab = "Time", ylab = "Swing")
\`\`\`
`
}
