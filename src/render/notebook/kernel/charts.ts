import * as plain from '../../charts/index.ts'
import { displaying } from './displayed.ts'

// What notebooks get as `weft/charts`.

export * from '../../charts/index.ts'
export const confusionMatrix = displaying(plain.confusionMatrix)
export const contourPaths = displaying(plain.contourPaths)
export const imageGrid = displaying(plain.imageGrid)
export const learningCurve = displaying(plain.learningCurve)
export const learningCurves = displaying(plain.learningCurves)
export const lineChart = displaying(plain.lineChart)
