import { leavesIn } from './leaves.ts'

/** Room between two figures that share a row, as outputs.css has it, in CSS pixels. */
const gap = (6 * 96) / 25.4
const single = '.weft-figure:not(.weft-wide,[data-placement=here])'

/**
 * Finds figures that follow each other and are at most half as wide as the text. Gives the first of each pair, by its
 * place among the blocks of the page.
 */
export function findPairs(main: HTMLElement): number[] {
  const leaves = leavesIn(main)
  const isSingle = leaves.map(({ element }) => element.matches(single))
  const isFollowed = isSingle.map((one, index) => one && (isSingle[index + 1] || isSingle[index - 1]))
  const first = leaves[isFollowed.indexOf(true)]
  if (!first) return []
  // All lines of a page are as wide; each look at a changed page lays it out again.
  const half = (measureOf(first.element) - gap) / 2
  const isHalf = leaves.map(({ element }, index) => isFollowed[index] && isNarrow(element, half))
  const found: number[] = []
  for (let index = 0; index + 1 < leaves.length; index++) {
    const isPair = isHalf[index] && isHalf[index + 1] && leaves[index]!.section === leaves[index + 1]!.section
    if (!isPair || placementOf(leaves[index]!.element) !== placementOf(leaves[index + 1]!.element)) continue
    found.push(index)
    index += 1
  }
  return found
}

/** Sets the figures of each pair beside each other. */
export function setBeside(main: HTMLElement, pairs: readonly number[]): void {
  const leaves = leavesIn(main)
  for (const index of pairs) {
    const figures = [leaves[index]!.element, leaves[index + 1]!.element]
    const row = document.createElement('div')
    row.className = 'weft-beside'
    figures[0]!.before(row)
    row.append(...figures)
    for (const picture of row.querySelectorAll<HTMLImageElement>('img[width$="%"]'))
      picture.style.width = `${Math.min(100, 2 * shareOf(picture))}%`
  }
}

function placementOf({ dataset }: HTMLElement): string | undefined {
  return dataset.placement
}

function isNarrow(figure: HTMLElement, half: number): boolean {
  const drawings = [...figure.querySelectorAll<HTMLElement>(':scope>img,:scope>svg,:scope>.weft-drawing>svg')]
  const isFitting = (drawing: HTMLElement) =>
    shareOf(drawing) <= 50 || drawing.getBoundingClientRect().width <= half + 0.5
  return drawings.length > 0 && drawings.every(isFitting)
}

// In percent; all of the width for a drawing with a length of its own.
function shareOf(drawing: Element): number {
  const width = drawing.getAttribute('width') ?? ''
  return drawing instanceof HTMLImageElement && width.endsWith('%') ? Number.parseFloat(width) : 100
}

// The lines of a paragraph are as wide as the text.
function measureOf(figure: HTMLElement): number {
  const probe = document.createElement('p')
  figure.before(probe)
  const { width } = probe.getBoundingClientRect()
  probe.remove()
  return width
}
