import type { Heading, Root, RootContent } from 'mdast'
import type { Math as DisplayMath } from 'mdast-util-math'
import type { Node } from 'unist'
import type { VFile } from 'vfile'
import { element, textBelow } from '../model/element.ts'
import { warn } from '../model/messages.ts'
import type { Position, Target } from '../model/types.ts'
import { SKIP, visit } from '../model/visit.ts'
import { isAbstract } from './abstract.ts'
import { equationLabel, tagEquation } from './equations.ts'
import { openNumbering } from './numbering.ts'

/** What has a number, or orders numbers, in some nodes of a chapter: in document order. */
export interface Numberables {
  /** Those outside quotes and lists. */
  readonly headings: readonly HeadingFacts[]
  readonly equations: readonly { readonly label: string; readonly position: Position }[]
  /** Of all headings, those in quotes too. */
  readonly depths: readonly { readonly depth: number; readonly position: Position | undefined }[]
}

interface HeadingFacts {
  readonly depth: number
  readonly isUnnumbered: boolean
  /** Whether appendices begin with it. */
  readonly isAppendix: boolean
  readonly label: string | undefined
  readonly title: string
  /** Whether no other node holds it. */
  readonly isTop: boolean
  readonly position: Position
}

/** Finds what has a number in some nodes of a chapter. */
export function numberablesOf(nodes: readonly RootContent[]): Numberables {
  const equations: Mutable<Numberables['equations']> = []
  const depths: Mutable<Numberables['depths']> = []
  const tree: Root = { type: 'root', children: [...nodes] }
  visit(tree, (node: Node) => {
    const label = equationLabel(node)
    if (label !== undefined) equations.push({ label, position: node.position! })
    if (isHeading(node)) depths.push({ depth: node.depth, position: node.position })
  })
  const headings = headingsIn(tree).map((node): HeadingFacts => {
    const { id } = properties(node)
    return {
      depth: node.depth,
      isUnnumbered: classesOf(node).includes('unnumbered'),
      isAppendix: classesOf(node).includes('appendix'),
      label: typeof id === 'string' ? id : undefined,
      title: textBelow(node),
      isTop: tree.children.includes(node),
      position: node.position!,
    }
  })
  return { headings, equations, depths }
}

type Mutable<List extends readonly unknown[]> = List[number][]

function headingsIn(tree: Root): Heading[] {
  const found: Heading[] = []
  visit(tree, (node: Node) => {
    if (node.type === 'blockquote' || node.type === 'listItem') return SKIP
    if (!isHeading(node)) return
    found.push(node)
    return SKIP
  })
  return found
}

/** The parts of a chapter, each with what has a number in it. */
interface ChapterParts {
  readonly file: VFile
  readonly parts: readonly Numberables[]
}

/** The numbers of the headings and of the equations of one part, in order; an unnumbered heading has an empty one. */
export interface Numbers {
  readonly headings: readonly string[]
  readonly equations: readonly string[]
}

/**
 * Numbers the headings of the chapters that a report names, `2.1`, and the labelled display formulas over all chapters.
 * Headings of report.md itself have no number: its first headings are the front matter of a book, and a report without
 * chapters is a note. Headings of the class `unnumbered`, and those below them, have none either. Returns also the
 * sections that have an id, and the equations.
 *
 * @param isNumbered numbers all headings or none, those of report.md too
 */
export function numberParts(
  chapters: readonly ChapterParts[],
  isNumbered?: boolean,
): {
  readonly targets: readonly Target[]
  readonly numbers: ReadonlyMap<Numberables, Numbers>
} {
  const sections: Target[] = []
  const equations: Target[] = []
  const numbers = new Map<Numberables, Numbers>()
  const numbering = openNumbering()
  for (const [index, { file, parts }] of chapters.entries()) {
    numbering.beginChapter()
    for (const part of parts) {
      const ofHeadings = part.headings.map(({ label, title, isTop, position, ...heading }) => {
        const mayNumber = (isNumbered ?? index > 0) && !isAbstract(file)
        const number = mayNumber ? numbering.heading(heading) : ''
        if (label !== undefined && (index > 0 || isTop))
          sections.push({ label, kind: 'section', number, title, file: file.path, position })
        return number
      })
      const ofEquations = part.equations.map(({ label, position }) => {
        const number = numbering.next('equation')
        equations.push({ label, kind: 'equation', number, file: file.path, position })
        return number
      })
      numbers.set(part, { headings: ofHeadings, equations: ofEquations })
    }
  }
  return { targets: [...sections, ...equations], numbers }
}

/**
 * Writes numbers into their nodes: before the text of a heading (class `weft-section-number`), and as the tag of a
 * formula. Changes the nodes in place.
 */
export function writeNumbers(nodes: readonly RootContent[], { headings, equations }: Numbers): void {
  const tree: Root = { type: 'root', children: [...nodes] }
  for (const [index, node] of headingsIn(tree).entries())
    if (headings[index] !== '') prepend(node, headings[index]!)
  let count = 0
  visit(tree, (node: Node) => {
    if (equationLabel(node) !== undefined) tagEquation(node as DisplayMath, equations[count++]!)
  })
}

function isHeading(node: { readonly type: string }): node is Heading {
  return node.type === 'heading'
}

function prepend(node: Heading, number: string): void {
  const text = { type: 'text', value: number } as const
  const span = element('span', { className: ['weft-section-number'] }, [text])
  node.children = [span as Heading['children'][number], { type: 'text', value: ' ' }, ...node.children]
}

function classesOf(node: Heading): readonly string[] {
  return (properties(node).className as readonly string[] | undefined) ?? []
}

function properties({ data }: Heading): Record<string, unknown> {
  return (data as { hProperties?: Record<string, unknown> } | undefined)?.hProperties ?? {}
}

/**
 * Reports `heading-follows` at each heading that skips a level, including those in quotes and in the output of cells:
 * a reader who navigates by headings would think that a level is missing. A chapter begins with `#`.
 *
 * @param hasTitle Whether the report has a title above its first heading.
 */
export function reportHeadingOrder(chapters: readonly ChapterParts[], hasTitle: boolean): void {
  let before = hasTitle ? 0 : undefined
  for (const [index, { file, parts }] of chapters.entries()) {
    let isFirst = index > 0 && !isAbstract(file)
    for (const { depth, position } of parts.flatMap(({ depths }) => depths)) {
      const highest = isFirst ? 1 : (before ?? depth) + 1
      if (depth > highest) warn(file, 'heading-follows', orderReason(depth, highest, isFirst), position)
      isFirst = false
      before = depth
    }
  }
}

function orderReason(depth: number, highest: number, isFirst: boolean): string {
  const found = `Unexpected heading of level ${depth}`
  if (isFirst) return `${found}, expected \`#\` at the first one of a chapter`
  if (highest === 1) return `${found}, expected \`#\` at the first one`
  return `${found}, expected at most \`${'#'.repeat(highest)}\` below one of level ${highest - 1}`
}
