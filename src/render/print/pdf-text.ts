import Module, { createRequire } from 'node:module'
import { dirname } from 'node:path'

/** What a reader of one printed page finds. */
interface PageText {
  /** The page's own text, in reading order, a line a line. */
  readonly body: string
  /** The end of it, which the reader finds behind all words wherever it stands on the page: formulas. */
  readonly formulas: string
  /** What stands in its margins: title, page number, notice. */
  readonly margins: string
}

/**
 * Reads the text of each page of a PDF, as NFKC, without its margins. Words that a line's end divides after a
 * hyphen, dash or slash are whole again.
 */
export async function pdfText(pdf: Uint8Array): Promise<string[]> {
  return (await pdfPages(pdf)).map((page) => page.body)
}

/** A PDF whose pages are read one by one. */
export interface OpenText {
  readonly count: number
  /** Reads a page, from 1. */
  read(number: number): Promise<PageText>
  /** Gives the page, from 1, on which an element stands to which some link leads. */
  pageOf(id: string): Promise<number | undefined>
  close(): Promise<void>
}

/** Reads the text of each page of a tagged PDF, and the text of its margins apart. */
export async function pdfPages(pdf: Uint8Array): Promise<PageText[]> {
  const text = await openText(pdf)
  try {
    const pages: PageText[] = []
    for (let number = 1; number <= text.count; number++) pages.push(await text.read(number))
    return pages
  } finally {
    await text.close()
  }
}

/** Opens a tagged PDF to read the text of its pages, and the text of their margins apart. */
export async function openText(pdf: Uint8Array): Promise<OpenText> {
  const { getDocument, VerbosityLevel } = await loadReader()
  // It takes the bytes away from whoever gave them, so it gets its own.
  const task = getDocument({
    data: new Uint8Array(pdf),
    verbosity: VerbosityLevel.ERRORS,
    isEvalSupported: false,
  })
  const document = await task.promise.catch(async (error: unknown) => {
    await task.destroy()
    throw error
  })
  return {
    count: document.numPages,
    async read(number) {
      const page = await document.getPage(number)
      const { items } = await page.getTextContent({ includeMarkedContent: true })
      return separate(items as readonly Item[], { widthPoints: page.view[2]!, heightPoints: page.view[3]! })
    },
    async pageOf(id) {
      const place =
        (await document.getDestination(id)) ?? (await document.getDestination(encodeURIComponent(id)))
      return place ? (await document.getPageIndex(place[0])) + 1 : undefined
    },
    close: () => task.destroy(),
  }
}

/** Loads what reads a PDF; two megabytes of code, so call it while something else is waited for. */
export async function loadReader(): Promise<typeof import('pdfjs-dist/legacy/build/pdf.mjs')> {
  leaveCanvasOut()
  const [reader] = await Promise.all([
    import('pdfjs-dist/legacy/build/pdf.mjs'),
    // It would load this by itself, but late.
    import('pdfjs-dist/legacy/build/pdf.worker.mjs'),
  ])
  return reader
}

// The reader loads a canvas of several megabytes for three classes of drawing, which reading text does not use. In
// `lib` it does not ask for it (lib-builds.mjs).
function leaveCanvasOut(): void {
  const names = ['DOMMatrix', 'ImageData', 'Path2D'] as const
  const exports = Object.fromEntries(names.map((name) => [name, class {}]))
  if (typeof __WEFT_DRAWING__ !== 'undefined') return void Object.assign(globalThis, exports)
  const { cache, resolve } = createRequire(import.meta.url)
  const id = resolve('@napi-rs/canvas', { paths: [dirname(resolve('pdfjs-dist/package.json'))] })
  cache[id] ??= Object.assign(new Module(id), { filename: id, loaded: true, exports })
}

/** Folds white space and compatibility characters (ligatures, wide spaces), to search in. */
export function foldText(text: string): string {
  return text.normalize('NFKC').replace(/\s+/gu, ' ').trim()
}

interface Item {
  readonly type?: string
  readonly tag?: string
  readonly str?: string
  readonly hasEOL?: boolean
  /** The last two are its place in points, from the lower left corner. */
  readonly transform?: readonly number[]
  readonly width?: number
}

interface Size {
  readonly widthPoints: number
  readonly heightPoints: number
}

// No text of a page itself comes so near to its edge: 20 mm.
const marginPoints = 56.7

// Text beyond the edges of the page is none of it. Chromium marks all that belongs to the document; margin boxes stay unmarked, as formulas do, or are artifacts.
function separate(items: readonly Item[], { widthPoints, heightPoints }: Size): PageText {
  const texts = { body: '', margins: '' }
  let wordsEnd = 0
  const open: (string | undefined)[] = []
  for (const item of items) {
    if (item.type?.startsWith('begin')) open.push(item.tag)
    else if (item.type === 'endMarkedContent') open.pop()
    else {
      const [x = 0, y = 0] = item.transform?.slice(4) ?? []
      if (x > widthPoints || x + (item.width ?? 0) < 0 || y > heightPoints || y < 0) continue
      const isAtEdge = y < marginPoints || y > heightPoints - marginPoints
      const isMargin = open.includes('Artifact') || (open.length === 0 && isAtEdge)
      if (isMargin) texts.margins += `${item.str}\n`
      else texts.body += `${item.str}${item.hasEOL ? '\n' : ''}`
      if (open.length > 0) wordsEnd = texts.body.length
    }
  }
  return {
    body: rejoin(texts.body.normalize('NFKC')),
    formulas: rejoin(texts.body.slice(wordsEnd).normalize('NFKC')),
    margins: foldText(texts.margins),
  }
}

// A word that was parted at a soft hyphen is whole again. A line may end after these within a word; `pre- and postprocessing` keeps its space.
function rejoin(text: string): string {
  return text
    .replace(/\u00AD(?:[-‐]\n?|\n)?/g, '')
    .replace(/(?<=[^\s\-–—/|][-‐–—/|])\n(?=[\p{L}\p{N}])(?!(?:and|or|to|und|oder|et|ou)\b)/gu, '')
}
