import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { commandToInstall } from '../model/optional-packages.ts'
import { answered } from '../print/browser-fault.ts'
import { type OpenBrowser, openBrowser } from '../print/open-browser.ts'
import { faceRules, packageFolder } from './font-files.ts'

/** Draws diagrams of Mermaid, until it is closed. */
interface DiagramBrowser {
  /** The version of Mermaid. Throws if it is not installed. */
  version(): string
  /** Draws one as SVG. Throws with Mermaid's reason if it cannot. */
  draw(source: string): Promise<string>
  close(): Promise<void>
}

interface Drawing {
  readonly browser: OpenBrowser
  readonly markup: string
  readonly program: string
}

const mostMs = 30_000
/** A preview keeps no browser that it does not need. */
const idleMs = 5_000

/**
 * Opens what draws diagrams in the browser that prints, from the first one on: with the page's own font, without the network,
 * and the same bytes each time.
 *
 * @param root Of the project, whose `mermaid` draws.
 */
export function openDiagrams(root: string): DiagramBrowser {
  let drawing: Promise<Drawing> | undefined
  let last: Promise<unknown> = Promise.resolve()
  let idle: NodeJS.Timeout | undefined
  return {
    version: () => (require(find(root, 'package.json')) as { version: string }).version,
    draw(source) {
      const script = find(root, 'dist/mermaid.min.js')
      const drawn = last.then(async () => {
        drawing ??= open(script)
        return drawIn(await drawing, source)
      })
      const ended = drawn.catch(() => undefined)
      last = ended
      clearTimeout(idle)
      void ended.then(() => {
        // Another drawing may wait for this one, and needs the browser.
        if (last === ended) idle = setTimeout(close, idleMs).unref()
      })
      return drawn
    },
    close,
  }

  async function close(): Promise<void> {
    const open = drawing
    drawing = undefined
    clearTimeout(idle)
    await (await open?.catch(() => undefined))?.browser.close()
  }
}

const require = createRequire(import.meta.url)

function find(root: string, file: string): string {
  for (const from of [join(root, 'package.json'), import.meta.url])
    try {
      return createRequire(from).resolve(`mermaid/${file}`)
    } catch {
      // The other place may have it.
    }
  throw new Error(`expected the package \`mermaid\`, found none: run \`${commandToInstall('mermaid')}\``)
}

async function open(script: string): Promise<Drawing> {
  const [browser, fonts, program] = await Promise.all([openBrowser(), sansRules(), readFile(script, 'utf8')])
  return { browser, markup: `<!doctype html><style>${fonts}</style><body></body>`, program }
}

async function sansRules(): Promise<string> {
  const folder = join(packageFolder('@fontsource/source-sans-3'), 'files')
  const faces = ['latin', 'latin-ext', 'greek', 'cyrillic'].flatMap((subset) =>
    [400, 600].map((weight) => ({
      ...{ family: 'Source Sans 3', weight, style: 'normal' },
      path: join(folder, `source-sans-3-${subset}-${weight}-normal.woff2`),
      unicodeRange: ranges[subset],
    })),
  )
  return faceRules(faces)
}

const ranges: Readonly<Record<string, string>> = {
  latin: 'U+0000-00FF,U+2000-206F,U+20AC,U+2122,U+2190-2193,U+2212',
  'latin-ext': 'U+0100-02BA,U+1E00-1EFF',
  greek: 'U+0370-03FF',
  cyrillic: 'U+0400-04FF',
}

// Mermaid counts what it has drawn in a page, so each drawing has a new one.
async function drawIn({ browser, markup, program }: Drawing, source: string): Promise<string> {
  const page = await answered(browser.browser.newPage())
  try {
    page.setDefaultTimeout(mostMs)
    await page.setContent(markup)
    await page.evaluate(stopClocks)
    await page.addScriptTag({ content: program })
    await page.evaluate(loadFonts)
    return await drawOn(page, source)
  } finally {
    await page.close()
  }
}

async function drawOn(page: Page, source: string): Promise<string> {
  const clock = new Promise<never>((_, reject) => {
    setTimeout(
      () => reject(new Error(`expected a drawing within ${mostMs / 1000} s, found none`)),
      mostMs,
    ).unref()
  })
  const drawn = await Promise.race([page.evaluate(render, source, settings), clock])
  if ('reason' in drawn) throw new Error(shortened(drawn.reason))
  return ownRules(drawn.svg)
}

// Mermaid lists all that it would have taken.
function shortened(reason: string): string {
  return reason
    .replace(/\s*\n\s*/g, ' ')
    .replace(/ Expecting .*, got /, ', found ')
    .trim()
    .slice(0, 300)
}

const settings = {
  startOnLoad: false,
  securityLevel: 'strict',
  deterministicIds: true,
  deterministicIDSeed: 'weft',
  suppressErrorRendering: true,
  htmlLabels: false,
  maxTextSize: 50_000,
  flowchart: { htmlLabels: false, useMaxWidth: false },
  class: { htmlLabels: false },
  theme: 'base',
  fontFamily: "'Source Sans 3', sans-serif",
  themeVariables: {
    ...{ fontFamily: "'Source Sans 3', sans-serif", fontSize: '14px', background: '#ffffff' },
    ...{ primaryColor: '#f5f5f2', primaryBorderColor: '#555555', primaryTextColor: '#1a1a1a' },
    ...{ secondaryColor: '#e9eff6', tertiaryColor: '#ffffff', lineColor: '#555555' },
    ...{
      noteBkgColor: '#fdf4e0',
      noteBorderColor: '#b48a3c',
      clusterBkg: '#fbfbf9',
      clusterBorder: '#d0d0cc',
    },
    edgeLabelBackground: '#ffffff',
  },
}

// --- In the page ---

interface PageMermaid {
  initialize(settings: object): void
  render(id: string, source: string): Promise<{ readonly svg: string }>
}

// What is drawn by chance or by the date would differ each time. As text: a compiler may add calls to functions.
const stopClocks = `{
  let seed = 1
  Math.random = () => (seed = (seed * 48271) % 2147483647) / 2147483647
  const Clock = Date
  globalThis.Date = class extends Clock {
    constructor(...parts) { super(...(parts.length > 0 ? parts : [0])) }
    static now() { return 0 }
  }
}`

async function loadFonts(): Promise<void> {
  const fonts = [...(document as unknown as { fonts: Iterable<{ load(): Promise<unknown> }> }).fonts]
  await Promise.all(fonts.map((font) => font.load()))
}

async function render(
  source: string,
  options: object,
): Promise<{ readonly svg: string } | { readonly reason: string }> {
  const { mermaid } = globalThis as unknown as { readonly mermaid: PageMermaid }
  try {
    mermaid.initialize(options)
    const { svg } = await mermaid.render('d', source)
    const holder = document.createElement('div')
    holder.innerHTML = svg
    return { svg: new XMLSerializer().serializeToString(holder.firstElementChild!) }
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) }
  }
}

// --- Here again ---

/** Makes the rules of a drawing those of the element that holds them. */
function ownRules(svg: string): string {
  return svg.replace(/(<style[^>]*>)([\s\S]*?)(<\/style>)/g, (_, start: string, css: string, end: string) => {
    const rules = css
      .replace(/@(?:-\w+-)?keyframes\s+[\w-]+\s*\{(?:[^{}]*\{[^{}]*\})*\s*\}/g, '')
      .replace(/#d\b\s*:root\s*\{[^{}]*\}/g, '')
      .replace(/#d(?=[\s{.>:[])/g, '&amp;')
    return `${start}${rules}${end}`
  })
}
