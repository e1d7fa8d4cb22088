import type { Definition, Root, RootContent } from 'mdast'
import { visit } from '../model/visit.ts'
import { belongTogether } from './elements/belong-together.ts'
import { markdownProcessor } from './processor.ts'

/** A part of a chapter that can be parsed by itself: a node at the top of its tree, or a few that belong together, with the lines up to the next one. */
export interface Block {
  readonly text: string
  /** As parsed; positions count from the start of the chapter. */
  readonly nodes: RootContent[]
  /** Where its text begins in the chapter. */
  readonly offset: number
  readonly line: number
}

/** A chapter in blocks. */
export interface Blocks {
  readonly text: string
  readonly blocks: readonly Block[]
  /** Whether it is one block, because its parts depend on each other: by definitions, footnotes or HTML. */
  readonly isWhole: boolean
}

/** How blocks are in a new text: new ones, and those of before, which stay the same objects. */
interface Reparsed extends Blocks {
  /** Blocks of before, and how far they have moved. */
  readonly moved: readonly Moved[]
}

interface Moved {
  readonly block: Block
  readonly lines: number
  readonly characters: number
}

/**
 * Parses a chapter. After an edit it parses only the blocks that the edit touches, with one more on each side as a
 * guard: if a guard comes out otherwise than before, the edit has changed what follows, and the whole chapter is parsed.
 *
 * @param parseWhole Parses a whole chapter.
 */
export function parseBlocks(text: string, before?: Blocks, parseWhole = parseText): Reparsed {
  if (before && before.text === text) return { ...before, moved: [] }
  return (before && !before.isWhole && patched(text, before)) || wholly(text, before, parseWhole)
}

function wholly(text: string, before: Blocks | undefined, parseWhole: (text: string) => Root): Reparsed {
  const tree = parseWhole(text)
  if (isTied(tree)) {
    const block = { text, nodes: tree.children, offset: 0, line: 1 }
    return { text, blocks: [block], isWhole: true, moved: [] }
  }
  const parsed = split(tree, text, { offset: 0, line: 1 })
  if (!before || before.isWhole) return { text, blocks: parsed, isWhole: false, moved: [] }
  return { text, isWhole: false, ...reused(parsed, before.blocks) }
}

// Blocks with equal texts at the beginning and at the end are those of before.
function reused(parsed: readonly Block[], before: readonly Block[]): Pick<Reparsed, 'blocks' | 'moved'> {
  const most = Math.min(parsed.length, before.length)
  let first = 0
  while (first < most && parsed[first]!.text === before[first]!.text) first += 1
  let last = 0
  while (last < most - first && parsed.at(-1 - last)!.text === before.at(-1 - last)!.text) last += 1
  const moved: Moved[] = []
  const blocks = parsed.map((block, index) => {
    const old =
      index < first
        ? before[index]
        : index >= parsed.length - last
          ? before[before.length - (parsed.length - index)]
          : undefined
    return old ? moveTo(old, block, moved) : block
  })
  return { blocks, moved }
}

function moveTo(old: Block, place: Pick<Block, 'offset' | 'line'>, moved: Moved[]): Block {
  const [lines, characters] = [place.line - old.line, place.offset - old.offset]
  if (lines !== 0 || characters !== 0) moved.push({ block: old, lines, characters })
  return Object.assign(old, { offset: place.offset, line: place.line })
}

function patched(text: string, { text: old, blocks }: Blocks): Reparsed | undefined {
  if (blocks.length === 0) return undefined
  const start = commonStart(old, text)
  const end = commonEnd(old, text, start)
  const touched = Math.max(
    0,
    blocks.findLastIndex(({ offset }) => offset <= start),
  )
  const from = Math.max(0, touched - 1)
  const after = blocks.findIndex(({ offset }, index) => index > touched && offset >= old.length - end)
  const guard = after < 0 ? undefined : blocks[after]
  const beyond = after < 0 ? undefined : blocks[after + 1]
  const shift = text.length - old.length
  const first = blocks[from]!
  const part = text.slice(first.offset, beyond ? beyond.offset + shift : text.length)
  // At the beginning of a text three hyphens would open front matter.
  if (first.offset > 0 && part.startsWith('---')) return undefined
  const tree = parseText(part)
  if (isTied(tree)) return undefined
  const parsed = split(tree, part, first)
  const isFirstKept = from === touched || parsed[0]?.text === first.text
  const isLastKept = guard === undefined || (parsed.length > 1 && parsed.at(-1)!.text === guard.text)
  if (!isFirstKept || !isLastKept || parsed.length === 0) return undefined
  const middle = parsed.slice(from === touched ? 0 : 1, guard ? -1 : undefined)
  const moved: Moved[] = []
  const lines = guard ? parsed.at(-1)!.line - guard.line : 0
  const rest = after < 0 ? [] : blocks.slice(after)
  const following = rest.map((block) =>
    moveTo(block, { offset: block.offset + shift, line: block.line + lines }, moved),
  )
  const kept = blocks.slice(0, from === touched ? from : from + 1)
  return { text, blocks: [...kept, ...middle, ...following], isWhole: false, moved }
}

/** Parses Markdown, of a chapter or a part of it. */
export function parseText(text: string): Root {
  return markdownProcessor().parse(text) as Root
}

// A definition or a footnote reaches the whole chapter; HTML may open what other HTML closes.
function isTied(tree: Root): boolean {
  if (tree.children.some(({ type }) => type === 'html')) return true
  let isFound = false
  visit(tree, (node) => {
    isFound ||= tying.has(node.type as Definition['type'])
  })
  return isFound
}

const tying = new Set<string>(['definition', 'footnoteDefinition', 'footnoteReference'])

// Each block has the lines from its own first one to that of the next; what stands before the first belongs to it.
function split({ children }: Root, text: string, base: Pick<Block, 'offset' | 'line'>): Block[] {
  const groups = joined(children, text)
  const starts = groups.map(([first], index) => (index === 0 ? 0 : lineStart(first!, text)))
  let line = base.line
  return groups.map((nodes, index) => {
    const from = starts[index]!
    const own = text.slice(from, starts[index + 1] ?? text.length)
    const block = { text: own, nodes, offset: base.offset + from, line }
    line += own.split('\n').length - 1
    if (base.offset > 0) for (const node of nodes) shiftNode(node, base)
    return block
  })
}

// Whether two nodes belong together is seen by the two alone, wherever the text that is parsed begins.
function joined(nodes: readonly RootContent[], text: string): RootContent[][] {
  const groups: RootContent[][] = []
  for (const node of nodes) {
    const last = groups.at(-1)
    if (last && belongTogether(last.at(-1)!, node, text)) last.push(node)
    else groups.push([node])
  }
  return groups
}

function lineStart({ position }: RootContent, text: string): number {
  return text.lastIndexOf('\n', position!.start.offset! - 1) + 1
}

function shiftNode(tree: RootContent, { offset, line }: Pick<Block, 'offset' | 'line'>): void {
  const seen = new Set<object>()
  visit(tree, ({ position }) => {
    for (const point of position ? [position.start, position.end] : []) {
      if (seen.has(point)) continue
      seen.add(point)
      point.line += line - 1
      if (point.offset !== undefined) point.offset += offset
    }
  })
}

function commonStart(one: string, other: string): number {
  const most = Math.min(one.length, other.length)
  let length = 0
  while (length < most && one.charCodeAt(length) === other.charCodeAt(length)) length += 1
  return length
}

// Without what the common start has already.
function commonEnd(one: string, other: string, start: number): number {
  const most = Math.min(one.length, other.length) - start
  let length = 0
  while (
    length < most &&
    one.charCodeAt(one.length - 1 - length) === other.charCodeAt(other.length - 1 - length)
  )
    length += 1
  return length
}
