import { type PageInk, readInk, type Span } from './read-ink.ts'

/** One page of a PDF. */
export interface PageBlank {
  /** From 1. */
  readonly page: number
  /** Of the height of the contents, from 0 to 1. */
  readonly blank: number
  /** The next page begins with a part, or there is none. */
  readonly endsPart: boolean
}

/** Two blocks of text are not further apart, in points; wider gaps are blank. */
const usualGap = 30

/**
 * Gives for each page of a PDF how much of its height is blank: what lies below the last ink, and gaps that are wider
 * than those between paragraphs. The contents reach from the highest to the lowest line of all pages.
 */
export async function measureBlanks(pdf: Uint8Array): Promise<PageBlank[]> {
  const pages = await readInk(pdf)
  const lines = pages.flatMap(({ texts }) => texts)
  const box: Span = [highest(lines), Math.max(...lines.map(([, bottom]) => bottom))]
  return pages.map(({ texts, drawn }, index) => ({
    page: index + 1,
    blank: blankHeight([...texts, ...drawn], box) / (box[1] - box[0]),
    endsPart: index + 1 === pages.length || beginsPart(pages[index + 1]!),
  }))
}

function blankHeight(spans: readonly Span[], [top, bottom]: Span): number {
  let [reached, blank] = [top, 0]
  const inside = spans.map(([from, to]): Span => [Math.max(top, from), Math.min(bottom, to)])
  for (const [from, to] of inside.filter(([from, to]) => from < to).sort((a, b) => a[0] - b[0])) {
    if (from - reached > usualGap) blank += from - reached
    reached = Math.max(reached, to)
  }
  return blank + bottom - reached
}

function beginsPart({ texts, partTop }: PageInk): boolean {
  // Its place is somewhat above its letters.
  return partTop !== undefined && partTop <= highest(texts) + usualGap
}

function highest(spans: readonly Span[]): number {
  return Math.min(...spans.map(([top]) => top))
}
