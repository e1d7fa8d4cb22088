import type { Parent, PhrasingContent, Root, Text } from 'mdast'
import { SKIP, visit } from 'unist-util-visit'
import { element } from '../element.ts'
import { fail } from '../messages.ts'
import { suggestion } from '../nearest.ts'
import type { Chapter, Position, Target } from '../types.ts'

const reference = /(?<![\w@/])@((?:fig|tbl)-[a-z0-9-]*[a-z0-9])/g
const words = {
  figure: 'Figure',
  table: 'Table',
  equation: 'Equation',
  section: 'Section',
  listing: 'Listing',
} as const

/** Writes what a target is called: `Figure 7`, with a no-break space. */
export function nameOf({ kind, number }: Pick<Target, 'kind' | 'number'>): string {
  return `${words[kind]}\u00a0${number}`
}

/**
 * Turns `@fig-depth` into a link `Figure 7`; changes the trees in place.
 * Leaves `reference-resolves` at one that names no target, with the nearest label.
 */
export function resolveReferences(chapters: readonly Chapter[], targets: readonly Target[]): void {
  const byLabel = new Map(targets.map((target) => [target.label, target]))
  for (const chapter of chapters) {
    visit(chapter.tree, 'text', (node: Text, index, parent: Parent | undefined) => {
      if (!parent || index === undefined || !node.value.includes('@')) return
      const pieces = resolveText(node, byLabel, chapter)
      if (pieces.length === 1 && pieces[0] === node) return
      parent.children.splice(index, 1, ...(pieces as Root['children']))
      return [SKIP, index + pieces.length]
    })
  }
}

function resolveText(node: Text, targets: ReadonlyMap<string, Target>, { file }: Chapter): PhrasingContent[] {
  const pieces: PhrasingContent[] = []
  let at = 0
  for (const match of node.value.matchAll(reference)) {
    const label = match[1]!
    const target = targets.get(label)
    if (!target) {
      fail(
        file,
        'reference-resolves',
        `Unknown reference \`@${label}\`, expected the label of a figure or table${suggestion(label, [...targets.keys()])}`,
        placeOf(node, match.index, String(file)) ?? node.position,
      )
      continue
    }
    if (match.index > at) pieces.push({ type: 'text', value: node.value.slice(at, match.index) })
    const text: Text = { type: 'text', value: nameOf(target) }
    pieces.push(element('a', { className: 'weft-reference', href: `#${label}` }, [text]) as PhrasingContent)
    at = match.index + match[0].length
  }
  if (at === 0) return [node]
  if (at < node.value.length) pieces.push({ type: 'text', value: node.value.slice(at) })
  return pieces
}

// Where in its chapter a reference stands; one of a caption is looked for as it is written.
function placeOf({ value, position }: Text, index: number, chapter: string): Position | undefined {
  const [written] = /^@[\w-]+/.exec(value.slice(index))!
  const start = position?.start.offset ?? 0
  const source = chapter.slice(start, position?.end.offset)
  const earlier = value.slice(0, index).split(written).length
  const parts = source.split(written)
  const isHere = parts.length > earlier
  const offset = isHere ? start + parts.slice(0, earlier).join(written).length : chapter.indexOf(written)
  return offset < 0 ? undefined : positionAt(offset, written.length, chapter)
}

function positionAt(offset: number, length: number, text: string): Position {
  const before = text.slice(0, offset).split('\n')
  const [line, column] = [before.length, before.at(-1)!.length + 1]
  return { start: { line, column, offset }, end: { line, column: column + length, offset: offset + length } }
}
