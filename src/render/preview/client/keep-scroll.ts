/** Places in the window where something to hold on to is looked for, as shares of its height. */
const heights = [0.08, 0.3, 0.5, 0.7, 0.9]

/** Changes the page so that what a reader looks at stays where it is. */
export function keepScroll(change: () => void): void {
  const anchors = anchorsNow()
  change()
  const anchor = anchors.find(({ element }) => element.isConnected && element.getClientRects().length > 0)
  if (!anchor || scrollY === 0) return
  const moved = anchor.element.getBoundingClientRect().top - anchor.top
  if (Math.abs(moved) >= 1) scrollBy({ top: moved, behavior: 'instant' })
}

function anchorsNow(): { readonly element: Element; readonly top: number }[] {
  const blocks = [...document.querySelectorAll('main section>*')]
  const found = heights.flatMap((share) => blockAt(blocks, innerHeight * share) ?? [])
  return [...new Set(found)].map((element) => ({ element, top: element.getBoundingClientRect().top }))
}

// The first block that ends below a height; to ask what stands at a point would make the browser prepare to paint.
function blockAt(blocks: readonly Element[], height: number): Element | undefined {
  let [from, to] = [0, blocks.length]
  while (from < to) {
    const middle = (from + to) >> 1
    const next = seenFrom(blocks, middle, to)
    if (next === to || blocks[next]!.getBoundingClientRect().bottom > height) to = middle
    else from = next + 1
  }
  return blocks[seenFrom(blocks, from, blocks.length)]
}

// What is folded or hidden has no place.
function seenFrom(blocks: readonly Element[], from: number, to: number): number {
  let index = from
  while (index < to && blocks[index]!.getClientRects().length === 0) index += 1
  return index
}
