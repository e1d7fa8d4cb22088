import { learningCurve } from '../../../../src/render/charts/index.ts'
import { figureToSvg } from '../../../../src/render/output/draw/figure-to-svg.ts'
import { figure } from '../../../../src/render/output/index.ts'

const values = [
  { at: '2026-03-28T23:30:00', day: '2026-01-31', bytes: 1_234_567.5 },
  { at: '2026-03-29T05:30:00Z', day: '2026-02-01', bytes: -9_876.5 },
]
const hours = {
  field: 'at',
  type: 'temporal',
  timeUnit: 'yearmonthdatehours',
  axis: { format: '%A %-d %B %H:%M' },
}
const bytes = { field: 'bytes', type: 'quantitative', axis: { format: ',.1f' } }
const months = { field: 'day', type: 'temporal', timeUnit: 'month' }
const figures = [
  figure({ data: { values }, mark: 'line', encoding: { x: hours, y: bytes } }, { alt: 'Hours' }),
  figure({ data: { values }, mark: 'bar', encoding: { x: months, y: bytes } }, { alt: 'Months' }),
  figure(
    {
      data: { values },
      transform: [{ calculate: 'random()', as: 'r' }],
      mark: 'point',
      encoding: { x: { field: 'r', type: 'quantitative' } },
    },
    { alt: 'Random' },
  ),
  learningCurve({ train: { loss: [1, 0.5], accuracy: [0.5, 0.75] } }, { alt: 'Curve' }),
]

/** Draws numbers and times, which other places may write in another way. */
export async function drawNumbersAndTimes(): Promise<string> {
  const drawings: string[] = []
  for (const [index, one] of figures.entries()) drawings.push(await figureToSvg(one, `fig-${index}`))
  return drawings.join('\n')
}
