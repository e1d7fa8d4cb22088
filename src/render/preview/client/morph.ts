import morphdom from 'morphdom'

/** Turns some neighbouring nodes into others, and keeps what can be kept: nodes, focus, folds, live figures. */
export function morphNodes(old: readonly ChildNode[], next: readonly ChildNode[], end: ChildNode): void {
  const pairs = pairsOf(old, next)
  const used = new Set(pairs.values())
  for (const node of old) if (!used.has(node)) node.remove()
  let place: ChildNode = end
  for (const node of [...next].reverse()) {
    const kept = pairs.get(node)
    if (kept) place = morphNode(kept, node)
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
  return node.nodeType === Node.ELEMENT_NODE ? `${node.nodeName} ${(node as Element).id}` : node.nodeName
}

function morphNode(old: ChildNode, next: ChildNode): ChildNode {
  return morphdom(old, next, {
    onBeforeElUpdated(from, to) {
      if (from.isEqualNode(to)) return false
      if (from instanceof HTMLDetailsElement && to instanceof HTMLDetailsElement) to.open = from.open
      return true
    },
  }) as ChildNode
}
