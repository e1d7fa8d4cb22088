interface End {
  readonly node: Node
  readonly offset: number
  /** Of a text. */
  readonly text?: string
}

/** Remembers what is selected; gives the function that selects it again, moved with the text around it. */
export function keepSelection(): () => void {
  const selection = getSelection()
  if (!selection || selection.isCollapsed || !selection.anchorNode || !selection.focusNode) return () => {}
  const anchor = endOf(selection.anchorNode, selection.anchorOffset)
  const focus = endOf(selection.focusNode, selection.focusOffset)
  return () => {
    if (!anchor.node.isConnected || !focus.node.isConnected) return
    selection.setBaseAndExtent(anchor.node, offsetNow(anchor), focus.node, offsetNow(focus))
  }
}

function endOf(node: Node, offset: number): End {
  return node.nodeType === Node.TEXT_NODE ? { node, offset, text: node.nodeValue ?? '' } : { node, offset }
}

function offsetNow({ node, offset, text }: End): number {
  if (text === undefined) return Math.min(offset, node.childNodes.length)
  return movedOffset(text, node.nodeValue ?? '', offset)
}

/** Says where a place in a text is after the text changed: as far from its beginning, or, behind the change, its end. */
export function movedOffset(before: string, now: string, offset: number): number {
  let start = 0
  while (start < before.length && start < now.length && before[start] === now[start]) start++
  if (offset <= start) return offset
  let end = 0
  const most = Math.min(before.length, now.length) - start
  while (end < most && before.at(-1 - end) === now.at(-1 - end)) end++
  return before.length - offset <= end ? now.length - (before.length - offset) : now.length - end
}
