import type { Heading } from 'mdast'

/**
 * Takes what stands in braces at a heading's end: `# Adam {#sec-adam .unnumbered pages=2}` names the section, gives
 * it classes, and bounds the printed pages of its text (`data-pages` in HTML). Changes the node in place; braces
 * that hold anything else stay text.
 */
export function takeHeadingAttributes(node: Heading): void {
  const last = node.children.at(-1)
  const match = last?.type === 'text' ? /\s*\{([^{}]*)\}\s*$/.exec(last.value) : null
  const properties = match && readAttributes(match[1]!)
  if (!properties || last?.type !== 'text') return
  last.value = last.value.slice(0, match.index)
  node.data = { ...node.data, hProperties: properties } as Heading['data']
}

function readAttributes(source: string): Record<string, string | string[]> | undefined {
  const properties: Record<string, string | string[]> = {}
  const classes: string[] = []
  const words = source.split(/\s+/).filter((word) => word !== '')
  for (const word of words) {
    const [, id, name, pages] =
      /^(?:#([A-Za-z][\w:.-]*)|\.([A-Za-z][\w-]*)|pages=([1-9]\d*))$/.exec(word) ?? []
    if (id !== undefined) properties.id = id
    else if (name !== undefined) classes.push(name)
    else if (pages !== undefined) properties.dataPages = pages
    else return undefined
  }
  if (words.length === 0) return undefined
  return classes.length > 0 ? { ...properties, className: classes } : properties
}
