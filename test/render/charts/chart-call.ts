import {
  confusionMatrix,
  contourPaths,
  imageGrid,
  learningCurve,
  lineChart,
} from '../../../src/render/charts/index.ts'
import type { Figure } from '../../../src/render/model/types.ts'
import { toOutputs } from '../../../src/render/output/to-outputs.ts'

const charts = { confusionMatrix, contourPaths, imageGrid, learningCurve, lineChart }

/** The content of a fixture: a figure, or the call of a chart that makes one. */
export interface ChartCall {
  readonly chart: keyof typeof charts
  readonly data: never
  readonly options: never
}

/** Makes the figure of a fixture. */
export function figureOf(input: ChartCall | Figure, name: string): Figure {
  const made = 'chart' in input ? charts[input.chart](input.data, input.options) : input
  return toOutputs(made, name)[0] as Figure
}
