import { found, listed } from '../model/found.ts'
import { assertKnown } from './assert-options.ts'
import { isShare, splitsOf, splitTitle, wantedMetrics } from './learning-curve.ts'
import { withoutEqualRuns } from './runs-note.ts'
import { type CurveRow, curveRows, epochsOf, type History } from './series.ts'

/** One of several configurations, with its history. */
export interface CurvePanel {
  /** Name of the configuration; unique among the panels. */
  readonly title: string
  /** A history as for `learningCurve`; its length may differ from that of other panels. */
  readonly history: History
}

/** The metrics to draw, in order, or metric -> title of its axis; by default all metrics of the histories. */
export type WantedMetrics = readonly string[] | { readonly [metric: string]: string } | undefined

/** One metric of all panels. */
export interface CurveMetric {
  /** Its name in the histories. */
  readonly name: string
  readonly title: string
  readonly isShare: boolean
  /** One list for each panel. */
  readonly rows: readonly (readonly CurveRow[])[]
}

/** The checked content of the panels. */
export interface ReadPanels {
  readonly titles: readonly string[]
  /** Names as in the legend. */
  readonly splits: readonly string[]
  /** Number of epochs of each panel. */
  readonly epochs: readonly number[]
  readonly metrics: readonly CurveMetric[]
}

const KNOWN = ['title', 'history'] as const

/**
 * Reads the histories of several configurations. Throws an error that names the panel if a history cannot be drawn,
 * or if it lacks a metric or split that the first panel has.
 */
export function readPanels(panels: readonly CurvePanel[], metrics: WantedMetrics): ReadPanels {
  assertPanels(panels)
  const epochs = panels.map((panel) => inPanel(panel, ({ history }) => epochsOf(history)))
  const wanted = panels.map((panel) => inPanel(panel, ({ history }) => wantedMetrics(history, metrics)))
  const [first] = panels as [CurvePanel]
  for (const [index, panel] of panels.entries()) assertSame(panel, first, wanted[index]!, wanted[0]!)
  const rows = withoutEqualRuns(
    wanted[0]!.flatMap(([metric]) =>
      panels.map((panel) => inPanel(panel, ({ history }) => curveRows(history, metric, splitTitle))),
    ),
  )
  return {
    titles: panels.map(({ title }) => title),
    splits: inPanel(first, ({ history }) => splitsOf(history)),
    epochs,
    metrics: wanted[0]!.map(([metric, title], index) => {
      const own = rows.slice(index * panels.length, (index + 1) * panels.length)
      return { name: metric, title, isShare: isShare(metric, own.flat()), rows: own }
    }),
  }
}

function assertPanels(panels: unknown): asserts panels is readonly CurvePanel[] {
  if (!Array.isArray(panels) || panels.length === 0)
    throw new Error(`learningCurves: expected at least one panel, found ${found(panels)}`)
  const titles = new Set<string>()
  for (const [index, panel] of panels.entries()) {
    const path = `panels[${index}]`
    if (panel === undefined) throw new Error(`learningCurves: expected an object at ${path}, found undefined`)
    assertKnown('learningCurves', panel, KNOWN, path)
    const { title } = panel
    if (typeof title !== 'string' || title.trim() === '')
      throw new Error(`learningCurves: expected a title at ${path}.title, found ${found(title)}`)
    if (titles.has(title))
      throw new Error(
        `learningCurves: expected a title of its own at ${path}.title, found ${found(title)} twice`,
      )
    titles.add(title)
  }
}

// The error from reading a single history names the wrong value but not the panel.
function inPanel<T>(panel: CurvePanel, read: (panel: CurvePanel) => T): T {
  try {
    return read(panel)
  } catch (cause) {
    const reason = (cause as Error).message.replace(/^learningCurve: /, '')
    throw new Error(`learningCurves: panel ${found(panel.title)}: ${reason}`, { cause })
  }
}

type Titled = readonly (readonly [metric: string, title: string])[]

function assertSame(panel: CurvePanel, first: CurvePanel, wanted: Titled, expected: Titled): void {
  const names = expected.map(([metric]) => metric)
  const assertList = (what: string, of: (panel: CurvePanel) => readonly string[]) => {
    const [these, those] = [of(panel), of(first)]
    if (these.length === those.length && those.every((name) => these.includes(name))) return
    const [here, there] = [panel, first].map(({ title }) => found(title))
    throw new Error(
      `learningCurves: expected ${what} ${listed(those)} in panel ${here}, as in panel ${there}, found ${listed(these)}`,
    )
  }
  assertList('splits', ({ history }) => Object.keys(history))
  assertList('metrics', (one) => (one === first ? names : wanted.map(([metric]) => metric)))
  for (const split of Object.keys(first.history))
    assertList(`metrics of ${split}`, ({ history }) =>
      names.filter((name) => history[split]![name] !== undefined),
    )
}
