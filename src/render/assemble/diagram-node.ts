import type { Code, RootContent } from 'mdast'
import { sha256 } from '../model/digest.ts'
import { fail, warn } from '../model/messages.ts'
import { drawOnce } from '../output/draw/draw-once.ts'
import type { Context } from './fragment.ts'

// Another form of what draws, or of what is made of it, draws anew.
const form = 1

/** Draws a diagram; shows its source, with a message at its place, if that cannot be. */
export async function diagramNode(
  node: Code,
  { id, alt }: { readonly id: string; readonly alt: string },
  { file, drawings }: Context,
): Promise<RootContent> {
  const code: Code = { type: 'code', lang: 'mermaid', value: node.value, position: node.position }
  if (!drawings?.diagrams) {
    const reason = `Cannot draw the diagram \`#${id}\`, expected a report that is trusted: its source is shown`
    warn(file, 'output-renders', reason, node.position)
    return code
  }
  try {
    const key = sha256(`diagram ${form} ${drawings.diagrams.version()} ${node.value}`)
    const drawing = drawings.get(key) ?? (await drawings.diagrams.draw(node.value))
    drawings.set(key, drawing)
    const svg = await drawOnce({ kind: 'figure', spec: { svg: drawing }, alt }, id, drawings)
    return { type: 'html', value: svg, position: node.position }
  } catch (error) {
    const { message } = error as Error
    fail(file, 'output-renders', `Cannot draw the diagram \`#${id}\`, ${message}`, node.position)
    return code
  }
}
