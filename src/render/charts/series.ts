import type { Spread } from '../../statistics/spread.ts'
import { isSpread } from '../../statistics/spread.ts'
import { found, listed } from '../model/found.ts'

/** Values of one metric of one split; the first is that after epoch 1. */
export type Series = readonly (number | Spread)[]

/** Split -> metric -> one value for each epoch. */
export type History = { readonly [split: string]: { readonly [metric: string]: Series } }

/** One point of a curve; `low` and `high` are one standard deviation away, if there are several seeds. */
export interface CurveRow {
  readonly epoch: number
  readonly split: string
  readonly value: number
  readonly low?: number
  readonly high?: number
  /** How many runs it is a mean of, if it is a Spread. */
  readonly runs?: number
}

/**
 * Gives the rows of one metric, split by split, epochs from 1. Throws if a value is neither a finite number nor a
 * Spread, or the splits differ in length.
 */
export function curveRows(history: History, metric: string, titles: (split: string) => string): CurveRow[] {
  return Object.entries(history).flatMap(([split, metrics]) =>
    (metrics[metric] ?? []).map((value, index) => ({
      epoch: index + 1,
      split: titles(split),
      ...pointOf(value, `history.${split}.${metric}[${index}]`),
    })),
  )
}

/** Counts the epochs of a history. Throws unless all metrics of all splits have equally many values, at least one. */
export function epochsOf(history: History): number {
  assertRecord(history, 'history', 'splits of metrics')
  const lengths = new Map<string, number>()
  for (const [split, metrics] of Object.entries(history)) {
    assertName(split, 'history')
    assertRecord(metrics, `history.${split}`, 'metrics')
    for (const [metric, series] of Object.entries(metrics)) {
      assertName(metric, `history.${split}`)
      const path = `history.${split}.${metric}`
      if (!Array.isArray(series))
        throw new Error(`learningCurve: expected an array at ${path}, found ${found(series)}`)
      lengths.set(path, series.length)
    }
  }
  const epochs = Math.max(0, ...lengths.values())
  if (epochs === 0) throw new Error('learningCurve: expected at least one epoch, found 0')
  const short = [...lengths].find(([, length]) => length !== epochs)
  if (short !== undefined) {
    const [long] = [...lengths].find(([, length]) => length === epochs)!
    throw new Error(
      `learningCurve: expected ${epochs} values at ${short[0]}, as at ${long}, found ${short[1]}`,
    )
  }
  return epochs
}

/** Lists the metrics of a history: the loss first, then the accuracy, then the others in order of appearance. */
export function metricsOf(history: History): string[] {
  const all = [...new Set(Object.values(history).flatMap((metrics) => Object.keys(metrics)))]
  const first = ['loss', 'accuracy'].filter((metric) => all.includes(metric))
  return [...first, ...all.filter((metric) => !first.includes(metric))]
}

function pointOf(value: unknown, path: string): Pick<CurveRow, 'value' | 'low' | 'high' | 'runs'> {
  if (typeof value === 'number' && Number.isFinite(value)) return { value }
  if (!isSpread(value))
    throw new Error(`learningCurve: expected a number or a Spread at ${path}, found ${found(value)}`)
  const { mean, std, n } = value
  return n > 1 ? { value: mean, low: mean - std, high: mean + std, runs: n } : { value: mean, runs: n }
}

function assertName(name: string, path: string): void {
  if (name.trim() !== '') return
  throw new Error(`learningCurve: expected members with names in ${path}, found ${found(name)}`)
}

function assertRecord(value: unknown, path: string, wanted: string): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return
  const what = Array.isArray(value) ? `an array [${listed(value.map(found), 3)}]` : found(value)
  throw new Error(`learningCurve: expected ${wanted} at ${path}, found ${what}`)
}
