import morphdom from 'morphdom'

// What marks the state of a cell finds its place by itself.
const marks = 'WEFT-CELL-STATE'

// The page's own programs give it an id.
const contents = '.weft-navigation'

/** Turns some neighbouring nodes into others, and keeps what can be kept: nodes, focus, folds, live figures. */
export function morphNodes(
  old: readonly ChildNode[],
  next: readonly ChildNode[],
  { end, changedFigures }: { readonly end: ChildNode; readonly changedFigures: ReadonlySet<string> },
): void {
  const present = old.filter((node) => node.nodeName !== marks)
  const pairs = pairsOf(present, next)
  const used = new Set(pairs.values())
  for (const node of present) if (!used.has(node)) node.remove()
  let place: ChildNode = end
  for (const node of [...next].reverse()) {
    const kept = pairs.get(node)
    if (kept) place = morphNode(kept, node, changedFigures)
    else {
      place.before(node)
      place = node
    }
  }
}

// The longest common sequence of the names of nodes, each with its id: lists of a few.
function pairsOf(old: readonly ChildNode[], next: readonly ChildNode[]): Map<ChildNode, ChildNode> {
  const table = Array.from({ length: old.length + 1 }, () => new Array<number>(next.length + 1).fill(0))
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = next.length - 1; j >= 0; j--)
      table[i]![j] =
        nameOf(old[i]!) === nameOf(next[j]!)
          ? table[i + 1]![j + 1]! + 1
          : Math.max(table[i + 1]![j]!, table[i]![j + 1]!)
  const pairs = new Map<ChildNode, ChildNode>()
  for (let i = 0, j = 0; i < old.length && j < next.length; ) {
    if (nameOf(old[i]!) === nameOf(next[j]!)) pairs.set(next[j++]!, old[i++]!)
    else if (table[i + 1]![j]! >= table[i]![j + 1]!) i++
    else j++
  }
  return pairs
}

function nameOf(node: ChildNode): string {
  if (!(node instanceof Element)) return node.nodeName
  return `${node.nodeName} ${node.matches(contents) ? '' : node.id}`
}

function morphNode(old: ChildNode, next: ChildNode, changedFigures: ReadonlySet<string>): ChildNode {
  return morphdom(old, next, {
    onBeforeElUpdated(from, to) {
      if (from.isEqualNode(to)) return false
      if (from.classList.contains('weft-drawing') && from.dataset.live !== undefined)
        return keepsFigure(from, to, changedFigures)
      keepState(from, to)
      return true
    },
    onBeforeNodeDiscarded: (node) => !isAdded(node),
  }) as ChildNode
}

// A live figure stays with its zoom as long as its data are the same. Another one is a drawing again, and starts anew.
function keepsFigure(from: HTMLElement, to: HTMLElement, changedFigures: ReadonlySet<string>): boolean {
  const isFailed = from.dataset.live === 'failed'
  if (changedFigures.has(from.parentElement?.id ?? '') || isFailed) from.replaceWith(to.cloneNode(true))
  return false
}

/** Attributes that the page's own programs set, and that a new page does not have. */
const own = ['data-open', 'data-reached', 'data-origin', 'aria-describedby', 'aria-current']
const ofReached = ['tabindex', 'role', 'aria-label']

function keepState(from: HTMLElement, to: HTMLElement): void {
  const names = [
    ...own,
    ...(from.hasAttribute('data-reached') ? ofReached : []),
    ...(from.matches(contents) ? ['id'] : []),
  ]
  for (const name of names) {
    const value = from.getAttribute(name)
    if (value !== null && !to.hasAttribute(name)) to.setAttribute(name, value)
  }
  if (from instanceof HTMLDetailsElement && to instanceof HTMLDetailsElement) {
    to.open = from.open
    // A link has led into code that is hidden otherwise.
    if (from.open && !from.hidden) to.hidden = false
  }
}

/** Says whether the page's own programs added a node that is still wanted: buttons of code and of live figures. */
function isAdded(node: Node): boolean {
  if (!(node instanceof HTMLElement)) return false
  if (node.nodeName === marks || node.matches('.weft-added')) return true
  if (!node.matches('.weft-button,.weft-series')) return false
  const figure = node.closest<HTMLElement>('.weft-tools')?.dataset.for
  if (figure === undefined) return true
  return document.querySelector(`#${CSS.escape(figure)}>.weft-drawing[data-live=yes]`) !== null
}
