import { loadReader } from '../../src/render/print/pdf-text.ts'

/** From and to, in points. */
export type Span = readonly [from: number, to: number]

/** What one page shows in the box of its contents. */
export interface PageInk {
  /** Lines of text, from the upper edge of the page, in points, in no order. */
  readonly texts: readonly Span[]
  /** Lines and pictures; some may be cut off where they are shown. */
  readonly drawn: readonly Span[]
  /** Where a part begins on it, in points from its upper edge; missing if none does. */
  readonly partTop?: number
}

type Reader = Awaited<ReturnType<typeof loadReader>>
type Document = Awaited<ReturnType<Reader['getDocument']>['promise']>
type Page = Awaited<ReturnType<Document['getPage']>>

// No text of a page itself comes so near to its edge: 20 mm.
const marginPoints = 56.7
const paper = '#ffffff'

/** Reads where each page of a PDF has text, lines and pictures, without its running heads and feet. */
export async function readInk(pdf: Uint8Array): Promise<PageInk[]> {
  const reader = await loadReader()
  const task = reader.getDocument({
    data: new Uint8Array(pdf),
    verbosity: reader.VerbosityLevel.ERRORS,
    isEvalSupported: false,
  })
  try {
    const document = await task.promise
    const parts = await partTops(document)
    const pages: PageInk[] = []
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number)
      const height = page.view[3]!
      const fromTop = ([bottom, top]: Span): Span => [height - top, height - bottom]
      const texts = (await textSpans(page))
        .map(fromTop)
        .filter(([top, bottom]) => top > marginPoints && bottom < height - marginPoints)
      const drawn = (await drawnSpans(page, reader.OPS)).map(fromTop)
      const top = parts.get(number)
      pages.push({ texts, drawn, ...(top !== undefined && { partTop: height - top }) })
      page.cleanup()
    }
    return pages
  } finally {
    await task.destroy()
  }
}

// The headings of the highest level that more than one bookmark has: the title of a report may stand above all.
async function partTops(document: Document): Promise<ReadonlyMap<number, number>> {
  const tops = new Map<number, number>()
  let level = (await document.getOutline()) ?? []
  while (level.length === 1) level = level[0]!.items
  for (const { dest } of level) {
    const place = typeof dest === 'string' ? await document.getDestination(dest) : dest
    if (!place) continue
    const number = (await document.getPageIndex(place[0])) + 1
    tops.set(number, Math.max(tops.get(number) ?? 0, Number(place[3] ?? 0)))
  }
  return tops
}

interface Item {
  readonly type?: string
  readonly tag?: string
  readonly str?: string
  readonly height?: number
  readonly transform?: readonly number[]
}

// From the lower edge. Running heads and feet are artifacts.
async function textSpans(page: Page): Promise<Span[]> {
  const { items } = await page.getTextContent({ includeMarkedContent: true })
  const spans: Span[] = []
  const open: (string | undefined)[] = []
  for (const { type, tag, str, height = 0, transform } of items as readonly Item[]) {
    if (type?.startsWith('begin')) open.push(tag)
    else if (type === 'endMarkedContent') open.pop()
    else if (str?.trim() && !open.includes('Artifact')) {
      const baseline = transform?.[5] ?? 0
      spans.push([baseline - 0.2 * height, baseline + 0.8 * height])
    }
  }
  return spans
}

// From the lower edge: paths that are painted in another colour than the paper's, and pictures.
async function drawnSpans(page: Page, ops: Reader['OPS']): Promise<Span[]> {
  const { fnArray, argsArray } = await page.getOperatorList()
  const fills = [ops.fill, ops.eoFill]
  const strokes = [ops.stroke, ops.closeStroke, ops.fillStroke, ops.eoFillStroke]
  strokes.push(ops.closeFillStroke, ops.closeEOFillStroke)
  const pictures = [ops.paintImageXObject, ops.paintInlineImageXObject, ops.paintImageMaskXObject]
  const spans: Span[] = []
  const saved: [Matrix, unknown][] = []
  let matrix: Matrix = [1, 0, 0, 1, 0, 0]
  let colour: unknown
  for (const [index, name] of fnArray.entries()) {
    const args = argsArray[index] as readonly unknown[]
    if (name === ops.save) saved.push([matrix, colour])
    else if (name === ops.restore || name === ops.paintFormXObjectEnd)
      [matrix, colour] = saved.pop() ?? [matrix, colour]
    else if (name === ops.setFillRGBColor) colour = args[0]
    else if (name === ops.transform) matrix = multiply(matrix, args as unknown as Matrix)
    else if (name === ops.paintFormXObjectBegin) {
      saved.push([matrix, colour])
      if (args[0]) matrix = multiply(matrix, args[0] as Matrix)
    } else if (name === ops.constructPath && args[2]) {
      const how = args[0] as number
      const isInk = strokes.includes(how) || (fills.includes(how) && colour !== paper)
      if (isInk) spans.push(spanOf(matrix, args[2] as readonly number[]))
    } else if (pictures.includes(name)) spans.push(spanOf(matrix, [0, 0, 1, 1]))
  }
  return spans
}

/** A change of coordinates as PDF has it. */
type Matrix = readonly [number, number, number, number, number, number]

/** Gives the change that is `inner`, then `outer`. */
function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer
  const [p, q, r, s, t, u] = inner
  return [
    ...[a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s],
    ...[a * t + c * u + e, b * t + d * u + f],
  ] as unknown as Matrix
}

/** Gives the heights that a box (least x, least y, largest x, largest y) has on its page. */
function spanOf([, b, , d, , f]: Matrix, [left, low, right, high]: readonly number[]): Span {
  const corners = [left!, right!].flatMap((x) => [low!, high!].map((y) => b * x + d * y + f))
  return [Math.min(...corners), Math.max(...corners)]
}
