import type { ElementContent, Root } from 'hast'
import type { VFile } from 'vfile'
import { warn } from '../model/messages.ts'
import { h, type Raw } from './hast.ts'
import { programElements, scanMarkup } from './scan-markup.ts'

/**
 * Gives a chapter's page without the programs, event handlers and frames of its HTML, each told at its place. All
 * other HTML of an author stays as it is.
 */
export function purgePrograms(tree: Root, file: VFile): Root {
  return { ...tree, children: purgeAll(tree.children as ElementContent[], 'root', file) }
}

function purgeAll(children: readonly ElementContent[], parent: string, file: VFile): ElementContent[] {
  const kept: ElementContent[] = []
  for (let index = 0; index < children.length; index++) {
    const child = children[index]!
    if (child.type === 'element' && programElements.has(child.tagName))
      report(file, [`<${child.tagName}>`], child)
    else if (child.type === 'element')
      kept.push({ ...child, children: purgeAll(child.children, child.tagName, file) })
    else if (child.type !== 'raw') kept.push(child)
    else {
      const rest = children.slice(index + 1)
      const { node, skipped = 0 } = purgeRaw(child, { parent, file, rest })
      if (node) kept.push(node)
      index += skipped
    }
  }
  return kept
}

const blocks = new Set(['root', 'blockquote', 'li', 'section', 'div', 'figure', 'details'])

interface Surroundings {
  readonly parent: string
  readonly file: VFile
  /** The nodes behind it. */
  readonly rest: readonly ElementContent[]
}

function purgeRaw(
  raw: Raw,
  { parent, file, rest }: Surroundings,
): { readonly node?: ElementContent; readonly skipped?: number } {
  const harmless = scanMarkup(raw.value)
  const end = harmless?.open ? rest.findIndex((one) => isEnd(one, harmless.open!.name)) : -1
  const isTextOnly = end >= 0 && rest.slice(0, end).every(({ type }) => type === 'text')
  if (!harmless || (harmless.open?.isKept && !isTextOnly)) {
    const reason = `Unexpected HTML \`${shortened(raw.value)}\`, expected whole tags and comments: it is shown as its source. ${cure}`
    warn(file, 'report-is-harmless', reason, raw.position)
    const source = h('code', {}, [{ type: 'text', value: raw.value }])
    return { node: blocks.has(parent) ? h('p', {}, [source]) : source }
  }
  const { markup, removed, open } = harmless
  if (removed.length > 0) report(file, removed, raw)
  if (markup === raw.value) return { node: raw }
  // What stands between the tags of a program is the program.
  const skipped = open && !open.isKept && end > 0 ? end : 0
  return { skipped, ...(markup === '' ? {} : { node: { ...raw, value: markup } }) }
}

function isEnd(node: ElementContent, name: string): boolean {
  return node.type === 'raw' && node.value.toLowerCase().startsWith(`</${name}`)
}

const cure = 'If the report needs it, write `html: trusted` in its front matter'

function report(file: VFile, removed: readonly string[], { position }: Pick<Raw, 'position'>): void {
  const names = [...new Set(removed)].slice(0, 5).map((name) => `\`${shortened(name)}\``)
  const reason = `Unexpected ${names.join(', ')} in HTML, expected no program, event handler or frame: left out. ${cure}`
  warn(file, 'report-is-harmless', reason, position)
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > 60 ? `${line.slice(0, 60)}…` : line
}
