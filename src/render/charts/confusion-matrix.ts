import type { Spread } from '../../statistics/spread.ts'
import { isSpread } from '../../statistics/spread.ts'
import { found, listed } from '../model/found.ts'
import type { Figure, Json } from '../model/types.ts'
import { assertAlt, assertCaption, assertKnown } from './assert-options.ts'
import { blended, inkOn } from './colour.ts'
import { numberLabels } from './number-label.ts'
import { textRoom, wordRoom, wrapped } from './text-room.ts'
import { COLUMN_WIDTH_PX, GRID } from './theme.ts'

const PADDING_PX = 2
const TITLE_PX = 24
const LABEL_FONT_PX = 10
const MOST_CELL_PX = 52
const LEAST_CELL_PX = 17
const MOST_LABEL_PX = 150
/** Longer names are cut at this width, with an ellipsis; the labels at the left show them in full. */
const MOST_SLANTED_PX = 180
const KNOWN = ['classes', 'alt', 'caption'] as const

export interface ConfusionMatrixOptions {
  /** The names of the classes, in the order of the rows and columns. */
  readonly classes: readonly string[]
  /** A description for readers who cannot see the figure. Never empty. */
  readonly alt: string
  /** Markdown. */
  readonly caption?: string
}

/**
 * Draws how often each true class, one for each row, was predicted as each class, one for each column
 * `[classes, classes]`. Right predictions are blue and wrong ones orange; a greater share of the row is darker. The
 * colour grows with the square root of the share, so that rare errors are visible. A Spread is printed as its mean,
 * zero as an empty cell. Throws unless the counts are a square of numbers from 0 up, with 2 to 24 classes.
 */
export function confusionMatrix(
  counts: readonly (readonly (number | Spread)[])[],
  options: ConfusionMatrixOptions,
): Figure {
  assertKnown('confusionMatrix', options, KNOWN)
  const { alt, caption, classes } = options ?? {}
  assertAlt(alt)
  assertCaption(caption)
  assertClasses(classes)
  const cells = confusionCells(counts, classes)
  // 1. Cells are as wide as the names at the left allow.
  const yLabels = classes.map((name) => wrapped(name, MOST_LABEL_PX, LABEL_FONT_PX))
  const yRoom = Math.min(MOST_LABEL_PX, widest(yLabels.flat()))
  const plotPx = COLUMN_WIDTH_PX - PADDING_PX - TITLE_PX - yRoom - 10
  const cellPx = Math.min(MOST_CELL_PX, Math.floor(plotPx / classes.length))
  const rowPx = Math.max(cellPx > 30 ? 26 : 20, ...yLabels.map((lines) => lines.length * 12 + 2))
  // 2. Names below are horizontal, in lines, or slanted if a word is wider than its column.
  const xLabels = classes.map((name) => wrapped(name, cellPx - 4, LABEL_FONT_PX))
  const isSlanted = classes.some((name) => wordRoom(name, LABEL_FONT_PX) > cellPx - 4)
  const below: { readonly [key: string]: Json } = isSlanted
    ? { labelAngle: -45, labelAlign: 'right', labelBaseline: 'middle', labelLimit: MOST_SLANTED_PX }
    : { labelAngle: 0 }
  const x = axis('predicted', 'Predicted class', classes, {
    ...below,
    labelExpr: isSlanted ? 'datum.label' : linesExpr(classes, xLabels),
  })
  const y = axis('truth', 'True class', classes, { labelExpr: linesExpr(classes, yLabels) })
  const spec = {
    width: cellPx * classes.length,
    height: rowPx * classes.length,
    data: { values: cells },
    encoding: { x, y },
    layer: [
      { mark: { type: 'rect', stroke: GRID, strokeWidth: 0.75 }, encoding: { color: asIs('fill') } },
      {
        transform: [{ filter: "datum.text !== ''" }],
        mark: { type: 'text', baseline: 'middle', fontSize: fontFor(cells, cellPx) },
        encoding: { text: { field: 'text', type: 'nominal' }, color: asIs('ink') },
      },
    ],
  }
  return {
    kind: 'figure',
    spec: spec as unknown as Figure['spec'],
    alt,
    ...(caption === undefined ? {} : { caption }),
  }
}

function axis(
  field: string,
  title: string,
  classes: readonly string[],
  more: { readonly [key: string]: Json },
): Json {
  return {
    field,
    type: 'nominal',
    title,
    // Vega must not cut the names: the layout of the cells made room for them.
    axis: { labelLimit: 0, labelOverlap: false, domain: false, ...more },
    scale: { domain: classes, paddingInner: 0, paddingOuter: 0 },
  }
}

function asIs(field: string): Json {
  return { field, type: 'nominal', scale: null, legend: null }
}

// Vega takes a label of several lines as an array.
function linesExpr(classes: readonly string[], lines: readonly (readonly string[])[]): string {
  return `${JSON.stringify(lines)}[indexof(${JSON.stringify(classes)}, datum.value)]`
}

function fontFor(cells: readonly { readonly text: string }[], cellPx: number): number {
  const sizes = [10, 9, 8, 7]
  return sizes.find((size) => cells.every(({ text }) => textRoom(text, size) <= cellPx - 3)) ?? 6
}

function widest(texts: readonly string[]): number {
  return Math.ceil(Math.max(...texts.map((text) => textRoom(text, LABEL_FONT_PX))))
}

function assertClasses(classes: unknown): asserts classes is readonly string[] {
  const most = Math.floor((COLUMN_WIDTH_PX - PADDING_PX - TITLE_PX - 100) / LEAST_CELL_PX)
  if (!Array.isArray(classes) || classes.length < 2 || classes.length > most)
    throw new Error(
      `confusionMatrix: expected 2 to ${most} names at options.classes, found ${found(classes)}`,
    )
  const wrong = classes.findIndex((name) => typeof name !== 'string' || name.trim() === '')
  if (wrong >= 0)
    throw new Error(
      `confusionMatrix: expected a name at options.classes[${wrong}], found ${found(classes[wrong])}`,
    )
  const twice = classes.filter((name, index) => classes.indexOf(name) !== index)
  if (twice.length > 0)
    throw new Error(
      `confusionMatrix: expected different names at options.classes, found twice ${listed(twice)}`,
    )
}

const RIGHT = ['#ffffff', '#4f9bd0', '#084c86'] as const
const WRONG = ['#ffffff', '#f59a4c', '#a63a03'] as const

/** One cell of a confusion matrix. */
interface ConfusionCell {
  readonly truth: string
  readonly predicted: string
  /** Empty for a count of zero. */
  readonly text: string
  readonly fill: string
  readonly ink: string
}

/**
 * Gives the cells of a confusion matrix, row by row. Throws unless the counts form a square with one row for each
 * class.
 */
export function confusionCells(counts: unknown, classes: readonly string[]): ConfusionCell[] {
  const rows = listOf(counts, 'counts', classes.length).map((row, index) =>
    listOf(row, `counts[${index}]`, classes.length).map((count, column) =>
      meanOf(count, `counts[${index}][${column}]`),
    ),
  )
  assertEqualRuns(counts as readonly (readonly (number | Spread)[])[])
  return rows.flatMap((row, truth) => {
    const total = row.reduce((sum, count) => sum + count, 0)
    return row.map((count, predicted) => {
      const share = total === 0 ? 0 : count / total
      const fill = blended(truth === predicted ? RIGHT : WRONG, Math.sqrt(share))
      return {
        truth: classes[truth]!,
        predicted: classes[predicted]!,
        text: printed(count),
        fill,
        ink: inkOn(fill),
      }
    })
  })
}

// Matrices of different sizes fold into one whose last classes are those of fewer runs.
function assertEqualRuns(counts: readonly (readonly (number | Spread)[])[]): void {
  const runs = new Set(counts.flat().flatMap((count) => (isSpread(count) ? count.n : [])))
  if (runs.size < 2) return
  throw new Error(
    `confusionMatrix: expected Spreads of equally many runs, found ${[...runs].join(' and ')}: their matrices may have different classes`,
  )
}

// A mean that rounds to zero is not zero.
function printed(count: number): string {
  if (count === 0) return ''
  return count < 0.5 ? '< 1' : numberLabels([Math.round(count)], { size: 1, suffix: '' })[0]!
}

function listOf(value: unknown, path: string, length: number): readonly unknown[] {
  if (!Array.isArray(value))
    throw new Error(`confusionMatrix: expected an array at ${path}, found ${found(value)}`)
  if (value.length === length) return value
  throw new Error(`confusionMatrix: expected ${length} classes at ${path}, found ${value.length}`)
}

function meanOf(count: unknown, path: string): number {
  const mean = isSpread(count) ? count.mean : count
  if (typeof mean === 'number' && Number.isFinite(mean) && mean >= 0) return mean
  throw new Error(`confusionMatrix: expected a count or a Spread from 0 up at ${path}, found ${found(mean)}`)
}
