import type { Loader } from 'vega'
import type { TopLevelSpec } from 'vega-lite'
import { theme } from '../../charts/theme.ts'
import type { Figure } from '../../model/types.ts'
import { assertViews } from './assert-views.ts'
import { ownSvg } from './own-svg.ts'
import type { TextStyle, TextWidth } from './text-width.ts'
import { openTextWidth } from './text-width.ts'

/** Vega with members that its own types lack. */
type Vega = typeof import('vega') & {
  readonly textMetrics: { width: (item: MeasuredItem, text: unknown) => number }
  resetDefaultLocale(): void
  setRandom(random: () => number): void
  randomLCG(seed: number): () => number
}

interface MeasuredItem extends TextStyle {
  readonly limit?: number
}

/** The part of vega's scene graph that says what is drawn. */
interface SceneMark {
  readonly marktype?: string
  readonly role?: string
  readonly items?: readonly SceneItem[]
}

interface SceneItem {
  readonly items?: readonly SceneMark[]
  readonly defined?: boolean
}

interface DrawOptions {
  /** Interprets the expressions of the specification, and makes no code of them: for an untrusted report. */
  readonly isInterpreted?: boolean
}

/** Draws figures, one after the other. */
interface FigureRenderer {
  toSvg(figure: Figure, id: string, options?: DrawOptions): Promise<string>
}

// Vega numbers definitions and measures texts for the whole process, so there is one renderer a process.
const renderer = figureRenderer()

/**
 * Draws a figure as SVG of the same bytes everywhere: its ids begin with `id`, its root is one image with the
 * figure's alternative text. Throws `expected …, found …` if the specification is broken, vega warns about it,
 * it names a field that no row has, or nothing is drawn.
 */
export function figureToSvg(figure: Figure, id: string, options?: DrawOptions): Promise<string> {
  return renderer.toSvg(figure, id, options)
}

/** Makes a renderer, which loads vega and the fonts at its first figure. */
function figureRenderer(): FigureRenderer {
  const queue = { last: Promise.resolve() as Promise<unknown> }
  const fonts: { width?: Promise<TextWidth> } = {}
  return {
    toSvg(figure, id, options = {}) {
      const drawn = queue.last.then(async () => {
        fonts.width ??= openTextWidth()
        return inUtc(async () => draw(figure, id, { ...options, textWidth: await fonts.width! }))
      })
      queue.last = drawn.catch(() => undefined)
      return drawn
    },
  }
}

async function draw(
  { spec, alt }: Figure,
  id: string,
  { textWidth, isInterpreted = false }: DrawOptions & { readonly textWidth: TextWidth },
): Promise<string> {
  const [vega, { compile }] = await Promise.all([
    import('vega') as Promise<unknown> as Promise<Vega>,
    import('vega-lite'),
  ])
  assertViews(spec)
  const log = complaints()
  try {
    // 1. Reset what vega keeps for the whole process.
    vega.resetSVGDefIds()
    vega.resetDefaultLocale()
    vega.setRandom(vega.randomLCG(1))
    vega.textMetrics.width = measureWith(textWidth)
    // 2. Vega-lite makes a vega specification, and vega makes a scene. Vega changes the rows that it gets.
    const { spec: vegaSpec } = compile(structuredClone(spec) as unknown as TopLevelSpec, {
      config: theme as never,
      logger: log.logger,
    })
    const expr = isInterpreted ? (await import('vega-interpreter')).expressionInterpreter : undefined
    const view = new vega.View(vega.parse(vegaSpec, undefined, { ast: isInterpreted }), {
      ...(expr && { expr }),
      renderer: 'none',
      logger: log.logger,
      loader: closedLoader(log.logger.warn),
    })
    const svg = await view.toSVG()
    const marks = drawnMarks((view.scenegraph() as unknown as { root: SceneMark }).root)
    view.finalize()
    // 3. Throw if the scene cannot be what the author meant.
    const nothing = marks === 0 ? ['no mark that could be drawn, are its data empty?'] : []
    const wrong = [...nothing, ...log.found]
    if (wrong.length > 0) throw new Error(wrong.join('; '))
    return ownSvg(svg, { id, alt })
  } catch (cause) {
    const reason = (cause as Error).message.replace(/\.$/, '')
    throw new Error(
      `Cannot draw the figure, expected a vega-lite specification that draws, found: ${reason}`,
      { cause },
    )
  }
}

// Vega uses the time zone of the process: without this, axes of time would differ from place to place.
async function inUtc<T>(work: () => Promise<T>): Promise<T> {
  const before = process.env.TZ
  process.env.TZ = 'UTC'
  try {
    return await work()
  } finally {
    if (before === undefined) delete process.env.TZ
    else process.env.TZ = before
  }
}

// To shorten a text, vega asks for the width of its pieces, each without the limit.
function measureWith(textWidth: TextWidth) {
  return (item: MeasuredItem, text: unknown): number => {
    const width = textWidth(text === null || text === undefined ? '' : String(text).trim(), item)
    return item.limit !== undefined && item.limit > 0 ? Math.min(width, item.limit) : width
  }
}

/** Loads nothing: the specification holds its data, and images are data URIs. Vega hides why an image is blank. */
function closedLoader(refused: (reason: string) => void): Loader {
  const refuse = (uri: string) => {
    const reason = `expected data in the specification or a data: URI, found ${uri}`
    refused(reason)
    return Promise.reject(new Error(reason))
  }
  // A link may lead anywhere, but may not run code. Vega cannot handle a refusal, so give it `#`.
  const link = (uri: string) => {
    if (/^(?:https?:\/\/|mailto:|#)/i.test(uri)) return Promise.resolve({ href: uri })
    refused(`expected a link to an address, found ${uri}`)
    return Promise.resolve({ href: '#' })
  }
  const sanitize = (uri: string, { context }: { readonly context?: string }) => {
    if (context === 'href') return link(uri)
    return uri.startsWith('data:') ? Promise.resolve({ href: uri }) : refuse(uri)
  }
  return { load: refuse, http: refuse, file: refuse, sanitize } as unknown as Loader
}

function complaints() {
  const found: string[] = []
  const keep = (...args: readonly unknown[]) => {
    found.push(args.map((arg) => (arg instanceof Error ? arg.message : String(arg))).join(' '))
    return logger
  }
  const drop = () => logger
  const logger = { level: drop as never, error: keep, warn: keep, info: drop, debug: drop }
  return { found, logger }
}

// Counts the items of a scene that stand for data: no axis, legend, title or header.
function drawnMarks(mark: SceneMark): number {
  if (/^(axis|legend|title)|header|footer/.test(mark.role ?? '')) return 0
  const items = mark.items ?? []
  if (mark.marktype === 'group')
    return items.flatMap((item) => item.items ?? []).reduce((sum, child) => sum + drawnMarks(child), 0)
  return items.filter((item) => item.defined !== false).length
}
