/** Width of the lines of printed text in CSS pixels (142 mm): no figure should be wider. */
export const COLUMN_WIDTH_PX = 536

/**
 * The font of every text in a figure, which the page embeds, then the fonts in which the page draws other characters.
 */
const FONT_FAMILY = "'Source Sans 3', KaTeX_Main, KaTeX_AMS, sans-serif"

/**
 * Blue and vermilion by Okabe and Ito, then colours of which any two are at least 0.09 apart in OKLab for every kind
 * of colour vision (0.14 for the first four), each with a contrast of at least 3:1 on white.
 */
export const PALETTE = [
  '#0072b2',
  '#d55e00',
  '#1a4311',
  '#69037b',
  '#7e541b',
  '#111111',
  '#888888',
  '#069ce4',
] as const

/** Dashes for the colours, so that colour is never the only difference between lines. */
export const DASHES = [
  [1, 0],
  [6, 2.5],
  [2, 2],
  [8, 2, 2, 2],
  [4, 4],
  [12, 3],
  [1, 3],
  [10, 2, 2, 2, 2, 2],
] as const

/**
 * Steps of one quantity from dark to pale in even lightness, each with a contrast of at least 3:1 on white: blue to
 * orange, so that colour-blind readers see the order too. Any two are at least 0.055 apart in OKLab for them too.
 */
export const ORDERED_PALETTE = [
  '#160266',
  '#3c087f',
  '#691c91',
  '#95308f',
  '#ac3576',
  '#c34659',
  '#d2623f',
  '#d58016',
] as const

const INK = '#1a1a1a'
/** The colour of text that is not the data's. */
export const GREY = '#4d4d4d'
/** Colour of lines that guide the eye. */
export const GRID = '#e3e3e3'
const HAIRLINE = '#8c8c8c'

/** The vega-lite configuration of all figures, for print at the column's width. */
export const theme = {
  background: null,
  font: FONT_FAMILY,
  // The drawing begins where the lines of the text do.
  padding: { left: 0, top: 2, right: 1, bottom: 2 },
  aria: false,
  view: {
    continuousWidth: 420,
    continuousHeight: 220,
    discreteWidth: { step: 26 },
    discreteHeight: { step: 22 },
    stroke: null,
  },
  title: {
    anchor: 'start',
    frame: 'group',
    color: INK,
    fontSize: 11,
    fontWeight: 600,
    offset: 8,
    subtitleColor: GREY,
    subtitleFontSize: 10,
    subtitleFontWeight: 400,
  },
  axis: {
    domainColor: HAIRLINE,
    domainWidth: 0.75,
    gridColor: GRID,
    gridWidth: 0.75,
    tickColor: HAIRLINE,
    tickWidth: 0.75,
    tickSize: 4,
    labelColor: GREY,
    labelFontSize: 10,
    labelFontWeight: 400,
    labelPadding: 3,
    // A label is whole, and a figure that becomes too wide for its type is told of.
    labelLimit: 0,
    labelOverlap: true,
    titleColor: INK,
    titleFontSize: 10,
    titleFontWeight: 600,
    titlePadding: 6,
  },
  axisX: { grid: false, labelFlush: false },
  axisY: { domain: false, ticks: false, tickCount: 5 },
  axisBand: { grid: false, ticks: false, labelAngle: 0 },
  legend: {
    labelColor: INK,
    labelFontSize: 10,
    labelFontWeight: 400,
    labelLimit: 0,
    titleColor: INK,
    titleFontSize: 10,
    titleFontWeight: 600,
    titleLimit: 0,
    symbolStrokeWidth: 1.75,
    gradientThickness: 10,
    columnPadding: 14,
    rowPadding: 3,
  },
  header: {
    labelColor: INK,
    labelFontSize: 10,
    labelFontWeight: 600,
    labelLimit: 0,
    titleColor: INK,
    titleFontSize: 10,
    titleFontWeight: 600,
  },
  concat: { spacing: 18 },
  facet: { spacing: 14 },
  line: { strokeWidth: 1.75, strokeCap: 'butt', strokeJoin: 'round' },
  area: { line: false, opacity: 0.6 },
  bar: { color: PALETTE[0], continuousBandSize: 14 },
  point: { size: 30, filled: true, opacity: 0.9 },
  rule: { color: HAIRLINE },
  text: { fontSize: 10, color: INK },
  mark: { color: PALETTE[0] },
  range: {
    category: [...PALETTE],
    ordinal: { scheme: 'blues' },
    ramp: { scheme: 'blues' },
    heatmap: { scheme: 'blues' },
    diverging: { scheme: 'blueorange' },
  },
} as const
