import type { RegionPlace } from '../protocol.ts'
import { nodesOf, type Run } from './runs.ts'

interface SourceActions {
  readonly runs: readonly Run[]
  /** @param lines after the first of the block */
  open(region: RegionPlace, lines: number): void
  print(): void
}

/** Opens the source of a block on a double click, or on `E` of the one under the pointer or the focus; `P` prints. */
export function sourceKeys({ runs, open, print }: SourceActions): void {
  let hovered: Element | undefined
  document.addEventListener('pointerover', ({ target }) => {
    hovered = target as Element
  })
  const openAt = (element: Element | null | undefined) => {
    const region = element && regionOf(element, runs)
    if (region) open(region, lineIn(element))
    return region !== undefined
  }
  document.addEventListener('dblclick', ({ target }) => {
    if (!(target as Element).closest('a,button,summary,input,label,.weft-drawing[data-live=yes]'))
      openAt(target as Element)
  })
  document.addEventListener('keydown', (event) => {
    const { key, ctrlKey, metaKey, altKey, target } = event
    if (ctrlKey || metaKey || altKey || event.defaultPrevented) return
    if ((target as Element).closest('input,textarea,select,[contenteditable]')) return
    if (key === 'p' || key === 'P') print()
    else if (key === 'e' || key === 'E') {
      const focused = document.activeElement === document.body ? undefined : document.activeElement
      if (!openAt(focused)) openAt(hovered)
    }
  })
}

/** Finds the region that an element is in. */
function regionOf(element: Element, runs: readonly Run[]): RegionPlace | undefined {
  for (const [run, { starts, end }] of runs.entries()) {
    const parent = end.parentElement
    if (!parent?.contains(element) || parent === element) continue
    const index = starts.findLastIndex(
      (start) => start.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING,
    )
    const isBefore = end.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING
    if (index >= 0 && isBefore) return { run, index }
  }
  return undefined
}

// In code, the line under the pointer: the first stands below the fence.
function lineIn(element: Element): number {
  const line = element.closest('pre .line')
  const lines = line?.parentElement?.querySelectorAll('.line')
  return line && lines ? [...lines].indexOf(line) + 1 : 0
}

/** Scrolls to a region if it is out of sight, and marks it for a moment. */
export function showRegion({ run, index }: RegionPlace, runs: readonly Run[], isAlways = true): void {
  const nodes = (runs[run]?.starts[index] && nodesOf(runs[run], index)) || []
  const elements = nodes.filter((node): node is HTMLElement => node instanceof HTMLElement)
  const first = elements.find((element) => element.getClientRects().length > 0)
  if (!first) return
  const { top, bottom } = first.getBoundingClientRect()
  const isSeen = bottom > 40 && top < innerHeight - 40
  if (isAlways || !isSeen) scrollBy({ top: top - innerHeight * 0.3, behavior: 'instant' })
  if (matchMedia('(prefers-reduced-motion:reduce)').matches) return
  const shadow = 'inset 3px 0 0 -0px var(--link, LinkText)'
  for (const element of elements)
    element.animate([{ boxShadow: shadow }, { boxShadow: shadow, offset: 0.6 }, { boxShadow: 'none' }], 1200)
}
