import type { Loader, Spec } from 'vega'
import type { TopLevelSpec } from 'vega-lite'
import { theme } from '../../charts/theme.ts'
import type { Figure } from '../../model/types.ts'
import { isVega } from '../figure-of.ts'
import { authorSvg } from './author-svg.ts'
import { checkFields } from './check-fields.ts'
import { openWordCheck, type SpecFault } from './check-words.ts'
import { ownSvg } from './own-svg.ts'
import { countMarks, findRepeatedStyle, type SceneMark, sceneWarnings } from './scene.ts'
import type { TextStyle, TextWidth } from './text-width.ts'
import { openTextWidth } from './text-width.ts'
import { isOnPaper, openLog, type Table } from './vega-log.ts'

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

interface DrawOptions {
  /** Interprets the expressions of the specification, and makes no code of them: for an untrusted report. */
  readonly isInterpreted?: boolean
  /** Called with what a reader of the drawing would miss, or what vega warns about. */
  warned?(reason: string): void
}

/** Thrown for a specification with mistakes; its message names all of them. */
export class SpecError extends Error {
  readonly faults: readonly SpecFault[]

  constructor(faults: readonly SpecFault[]) {
    super(faults.map(({ reason }) => reason).join('; '))
    this.faults = faults
  }
}

/** Draws figures, one after the other. */
interface FigureRenderer {
  toSvg(figure: Figure, id: string, options?: DrawOptions): Promise<string>
}

// Vega numbers definitions and measures texts for the whole process, so there is one renderer a process.
const renderer = figureRenderer()

/**
 * Draws a figure as SVG, or takes the SVG that it has. The bytes are the same on every machine. All ids begin with
 * `id`, and the root is one image with the figure's alternative text. Throws a `SpecError` if the specification has an unknown word or a field that no row has,
 * and `expected …, found …` if vega cannot draw it, nothing is drawn, or several values share a colour.
 */
export function figureToSvg(figure: Figure, id: string, options?: DrawOptions): Promise<string> {
  return renderer.toSvg(figure, id, options)
}

/** Makes a renderer, which loads vega and the fonts at its first figure. */
function figureRenderer(): FigureRenderer {
  const queue = { last: Promise.resolve() as Promise<unknown> }
  const tools: { textWidth?: Promise<TextWidth>; checkWords?: ReturnType<typeof openWordCheck> } = {}
  return {
    toSvg(figure, id, options = {}) {
      const drawn = queue.last.then(async () => {
        if (typeof figure.spec.svg === 'string') return authorSvg(figure.spec.svg, { id, alt: figure.alt })
        tools.checkWords ??= openWordCheck()
        tools.textWidth ??= openTextWidth()
        const faults = isVega(figure.spec)
          ? []
          : [...tools.checkWords(figure.spec), ...checkFields(figure.spec)]
        if (faults.length > 0) throw new SpecError(faults)
        return inUtc(async () => draw(figure, id, { ...options, textWidth: await tools.textWidth! }))
      })
      queue.last = drawn.catch(() => undefined)
      return drawn
    },
  }
}

async function draw(
  { spec, alt }: Figure,
  id: string,
  { textWidth, isInterpreted = false, warned }: DrawOptions & { readonly textWidth: TextWidth },
): Promise<string> {
  const [vega, { compile }] = await Promise.all([
    import('vega') as Promise<unknown> as Promise<Vega>,
    import('vega-lite'),
  ])
  const log = openLog()
  try {
    // 1. Reset what vega keeps for the whole process.
    vega.resetSVGDefIds()
    vega.resetDefaultLocale()
    vega.setRandom(vega.randomLCG(1))
    vega.textMetrics.width = measureWith(textWidth)
    // 2. Vega-lite makes a vega specification, and vega makes a scene. Vega changes the rows that it gets.
    const compiled = compile((isVega(spec) ? blank : structuredClone(spec)) as unknown as TopLevelSpec, {
      config: theme as never,
      logger: log.logger,
    }).spec
    const vegaSpec = isVega(spec) ? vegaSpecOf(spec, compiled, vega.mergeConfig) : compiled
    const expr = isInterpreted ? (await import('vega-interpreter')).expressionInterpreter : undefined
    const view = new vega.View(vega.parse(vegaSpec, undefined, { ast: isInterpreted }), {
      ...(expr && { expr }),
      renderer: 'none',
      logger: log.logger,
      loader: closedLoader(log.logger.error),
    })
    const drawing = ownSvg(await view.toSVG(), { id, alt })
    const { root } = view.scenegraph() as unknown as { readonly root: SceneMark }
    const tables = (vegaSpec.data ?? []).map((data) => ({ ...data, rows: view.data(data.name) }) as Table)
    view.finalize()
    // 3. Throw if the scene cannot be what the author meant; warn of what it lacks.
    const repeated = findRepeatedStyle(root)
    if (repeated !== undefined) throw new SpecError([{ reason: repeated, word: '' }])
    const said = log.warnings.filter((one) => isOnPaper(one, { tables, text: JSON.stringify(vegaSpec) }))
    const lacking = sceneWarnings(root, sizeOf(drawing), JSON.stringify(spec))
    const nothing = ['no mark that could be drawn, are its data empty?', ...said, ...lacking]
    const wrong = [...(countMarks(root) === 0 ? nothing : []), ...log.errors]
    if (wrong.length > 0) throw new Error(wrong.join('; '))
    for (const reason of new Set([...said.map((text) => `Vega warns: ${text}`), ...lacking])) warned?.(reason)
    return drawing
  } catch (cause) {
    if (cause instanceof SpecError) throw cause
    const reason = (cause as Error).message.replace(/\.$/, '')
    throw new Error(`expected a vega-lite specification that draws, found: ${reason}`, { cause })
  }
}

const blank = { mark: 'point', data: { values: [] } }

// What vega-lite makes of the theme is vega's configuration.
function vegaSpecOf(spec: Figure['spec'], { config, background, padding }: Spec, merge: Merge): Spec {
  const own = structuredClone(spec) as unknown as Spec
  const text = { text: { font: theme.font } }
  return { background, padding, ...own, config: merge(config ?? {}, text, own.config ?? {}) }
}

type Merge = typeof import('vega').mergeConfig

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

function sizeOf(drawing: string): { readonly width: number; readonly height: number } {
  const [width, height] = ['width', 'height'].map((side) =>
    Number(new RegExp(` ${side}="([^"]*)"`).exec(drawing)![1]),
  )
  return { width: width!, height: height! }
}
