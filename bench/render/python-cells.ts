import type { FigureCell, TableCell } from './document.ts'
import { traceFile } from './trace.ts'

/** Writes the Python lines that compute `rows`, a list of rows of cell texts. */
export function pythonTable({ label, growth, rows }: TableCell): string {
  return `import math
${trace(label)}
rows = []
for step in range(1, ${rows} + 1):
    value = (1 + ${growth}) ** step
    rows.append([str(step)] + [f'{x:.4f}' for x in (value, 1 / value, math.sqrt(value), math.log(value))])`
}

/** Headings of these rows. */
export const pythonHeadings = `['Step', 'Value', 'Inverse', 'Root', 'Logarithm']`

/** Writes the Python lines that draw a chart in matplotlib's current figure. */
export function pythonFigure({ label, damping, frequency, points }: FigureCell): string {
  return `import math
import matplotlib.pyplot as plt
${trace(label)}
time = [10 * index / ${points - 1} for index in range(${points})]
plt.figure()
plt.plot(time, [math.exp(-${damping} * t) * math.cos(${frequency} * t) for t in time])
plt.xlabel('Time')
plt.ylabel('Swing')`
}

function trace(label: string): string {
  return `with open('${traceFile}', 'a') as trace: print('${label}', file=trace)`
}
