import { found } from '../model/found.ts'
import type { Figure, Json } from '../model/types.ts'
import { assertAlt, assertCaption, assertKnown } from './assert-options.ts'

import { type GridUrls, gridUrls, type PixelOptions, type Pixels } from './grid-pixels.ts'
import { ownLabels } from './number-label.ts'
import { COLUMN_WIDTH_PX } from './theme.ts'

const GAP_PX = 8
const LABEL_FONT_PX = 9.5
const LINE_PX = 11
const GROUP_WIDTH_PX = 100
/** A generous estimate of a character's width, so that no label is cut; vega measures them when it draws. */
const CHARACTER_PX = 0.55 * LABEL_FONT_PX
const MOST_COLUMNS = 10
const BAR_PX = { width: 160, height: 7 } as const
const KNOWN = ['alt', 'caption', 'columns', 'width', 'height', 'sizePx', 'invert', 'colors', 'range'] as const

/** One image of a grid. */
export interface GridImage {
  readonly pixels: Pixels
  /** Text below the image; `\n` starts a new line. */
  readonly label?: string
  /** Images of one group have their own rows, with the group's name at the left. */
  readonly group?: string
}

export interface ImageGridOptions extends PixelOptions {
  /** A description for readers who cannot see the figure. Never empty. */
  readonly alt: string
  /** Markdown. */
  readonly caption?: string
  /** Images in a row; by default as many as fit, 10 at most. */
  readonly columns?: number
  /** The width of an image on the page, in CSS pixels; less if `columns` of that width do not fit. */
  readonly sizePx?: number
}

/**
 * Draws images in a grid, with labels below and groups in rows. Throws if there is no image, if an image does not
 * have `width * height` bytes, or if the columns do not fit the page.
 */
export function imageGrid(images: readonly GridImage[], options: ImageGridOptions): Figure {
  assertKnown('imageGrid', options, KNOWN)
  const { alt, caption, width = 28, height = 28, sizePx = 48 } = options ?? {}
  assertAlt(alt)
  assertCaption(caption)
  if (!Array.isArray(images) || images.length === 0) {
    throw new Error(`imageGrid: expected at least one image, found ${found(images)}`)
  }
  const fittingPx = fittingSize(sizePx, options.columns, roomOf(images))
  const spec = gridSpec(images, gridUrls(images, options), {
    columns: options.columns,
    sizePx: fittingPx,
    heightPx: Math.round((fittingPx * height) / width),
  })
  return { kind: 'figure', spec, alt, ...(caption === undefined ? {} : { caption }) }
}

interface GridOptions {
  readonly columns: number | undefined
  readonly sizePx: number
  readonly heightPx: number
}

function gridSpec(
  images: readonly GridImage[],
  { urls, bar }: GridUrls,
  options: GridOptions,
): Figure['spec'] {
  const { sizePx, heightPx } = options
  // 1. The labels decide how wide a cell of the grid is; the label with the most lines decides how tall.
  const { columns, cellPx } = columnsOf(images, options)
  const lines = Math.max(...images.map(({ label }) => linesOf(label).length))
  const rowPx = heightPx + lines * LINE_PX + GAP_PX
  const places = gridPlaces(
    images.map(({ group }) => group),
    columns,
  )
  const centre = (index: number) => cellPx / 2 + places[index]!.column * (cellPx + GAP_PX)
  const top = (index: number) => places[index]!.row * rowPx
  // 2. Each layer has its own rows.
  const drawn = images.map((_, index) => ({ x: centre(index), y: top(index), url: urls[index]! }))
  const labels = images.flatMap(({ label }, index) =>
    label === undefined ? [] : [{ x: centre(index), y: top(index) + heightPx + 3, text: label }],
  )
  const groups = images.flatMap(({ group }, index) => {
    const isFirst = group !== undefined && images.findIndex((image) => image.group === group) === index
    return isFirst ? [{ x: -GAP_PX, y: top(index) + heightPx / 2, text: group }] : []
  })
  const image = {
    type: 'image',
    width: sizePx,
    height: heightPx,
    aspect: false,
    align: 'center',
    baseline: 'top',
  }
  const label = {
    type: 'text',
    align: 'center',
    baseline: 'top',
    fontSize: LABEL_FONT_PX,
    lineHeight: LINE_PX,
    lineBreak: '\n',
    limit: cellPx + GAP_PX - 2,
  }
  const group = { type: 'text', align: 'right', baseline: 'middle', limit: GROUP_WIDTH_PX - GAP_PX }
  const layers = [layer(drawn, image, 'url'), layer(labels, label, 'text'), layer(groups, group, 'text')]
  const height = Math.max(...places.map(({ row }) => row)) * rowPx + rowPx - GAP_PX
  return {
    width: Math.max(...places.map(({ column }) => column)) * (cellPx + GAP_PX) + cellPx,
    height: height + (bar === undefined ? 0 : 2 * GAP_PX + BAR_PX.height + LINE_PX),
    layer: [...layers, ...(bar === undefined ? [] : barLayers(bar, height + 2 * GAP_PX))].flat(),
  }
}

// The bar shows which number has which colour.
function barLayers({ url, range }: NonNullable<GridUrls['bar']>, top: number): Json[][] {
  const inset = CHARACTER_PX * 3
  const most = Number(range.toPrecision(2))
  const labels = ownLabels([-most, 0, most], { size: 1, suffix: '' }).map((text, index) => ({
    x: inset + (index * BAR_PX.width) / 2,
    y: top + BAR_PX.height + 2,
    text,
  }))
  const image = { type: 'image', ...BAR_PX, aspect: false, align: 'center', baseline: 'top' }
  const label = { type: 'text', align: 'center', baseline: 'top', fontSize: LABEL_FONT_PX }
  return [layer([{ x: inset + BAR_PX.width / 2, y: top, url }], image, 'url'), layer(labels, label, 'text')]
}

function roomOf(images: readonly GridImage[]): number {
  const hasGroups = images.some(({ group }) => group !== undefined)
  return COLUMN_WIDTH_PX - GAP_PX - (hasGroups ? GROUP_WIDTH_PX : 0)
}

const LEAST_IMAGE_PX = 16

// As wide as it is asked for, or as the columns leave room for.
function fittingSize(sizePx: number, columns: number | undefined, roomPx: number): number {
  if (columns === undefined || !(columns >= 1)) return sizePx
  const fitting = Math.floor((roomPx + GAP_PX) / columns) - GAP_PX
  return fitting >= Math.min(LEAST_IMAGE_PX, sizePx) ? Math.min(sizePx, fitting) : sizePx
}

function columnsOf(
  images: readonly GridImage[],
  { columns, sizePx }: GridOptions,
): { columns: number; cellPx: number } {
  const roomPx = roomOf(images)
  const longest = Math.max(
    ...images.flatMap(({ label }) => [0, ...linesOf(label).map((line) => line.length)]),
  )
  const labelPx = Math.max(sizePx, Math.ceil(longest * CHARACTER_PX) - GAP_PX)
  const fitting = (widthPx: number) => Math.max(1, Math.floor((roomPx + GAP_PX) / (widthPx + GAP_PX)))
  const most = fitting(sizePx)
  if (columns === undefined)
    return { columns: Math.min(MOST_COLUMNS, fitting(labelPx)), cellPx: Math.min(labelPx, roomPx) }
  if (!Number.isInteger(columns) || columns < 1 || columns > most) {
    throw new Error(`imageGrid: expected 1 to ${most} columns of ${sizePx} px, found ${found(columns)}`)
  }
  return { columns, cellPx: Math.min(labelPx, Math.floor((roomPx + GAP_PX) / columns) - GAP_PX) }
}

// Positions are CSS pixels, without a scale.
function layer(
  rows: readonly { readonly [key: string]: Json }[],
  mark: Json,
  channel: 'url' | 'text',
): Json[] {
  if (rows.length === 0) return []
  const x = { field: 'x', type: 'quantitative', scale: null, axis: null }
  const y = { field: 'y', type: 'quantitative', scale: null, axis: null }
  return [
    { data: { values: rows }, mark, encoding: { x, y, [channel]: { field: channel, type: 'nominal' } } },
  ]
}

function linesOf(label: string | undefined): string[] {
  return label === undefined ? [] : label.split('\n')
}

/** The position of an image in a grid, counted from 0. */
interface Place {
  readonly column: number
  readonly row: number
}

/** Puts images into rows, in their order; a group starts a new row, and so does an image that no longer fits. */
function gridPlaces(groups: readonly (string | undefined)[], columns: number): Place[] {
  const places: Place[] = []
  let firstRow = 0
  for (const group of new Set(groups)) {
    const members = groups.flatMap((one, index) => (one === group ? [index] : []))
    members.forEach((index, position) => {
      places[index] = { column: position % columns, row: firstRow + Math.floor(position / columns) }
    })
    firstRow += Math.ceil(members.length / columns)
  }
  return places
}
