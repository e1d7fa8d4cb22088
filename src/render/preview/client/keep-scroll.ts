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
  const main = document.querySelector('main')
  if (!main) return []
  const { left, width } = main.getBoundingClientRect()
  const blocks = heights.flatMap((share) => {
    const element = document.elementFromPoint(left + width / 2, innerHeight * share)
    return element?.closest('section>*') ?? []
  })
  return [...new Set(blocks)].map((element) => ({ element, top: element.getBoundingClientRect().top }))
}
