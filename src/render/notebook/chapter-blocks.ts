import type { Root, RootContent } from 'hast'
import type { Node, Position } from 'unist'
import { VFile } from 'vfile'
import type { Chapter } from '../model/types.ts'
import { visit } from '../model/visit.ts'
import { chapterToHast } from '../page/chapter.ts'
import { embedImages } from '../page/images.ts'
import { markOf } from '../syntax/marks.ts'

/** One block of a chapter: what its author wrote there, as the page shows it. */
export interface Block {
  /** The labels of the cells that it is, or that stand in it. */
  readonly cells: readonly string[]
  /** Whether it is a cell, and nothing else. */
  readonly isCell: boolean
  readonly file: string
  /** What its author wrote, up to the next block: those of a chapter are the chapter, joined. */
  readonly source: string
  readonly nodes: readonly RootContent[]
}

/**
 * Parts a chapter into its blocks, in order.
 *
 * @param source the chapter as it was read
 * @param shown the same with results, references and citations in it
 */
export async function blocksOf(source: Chapter, shown: Chapter, index: number): Promise<Block[]> {
  // What is wrong in it has been reported when the page was made.
  const { path, cwd, data } = shown.file
  const file = new VFile({ path, cwd, data })
  const tree: Root = await chapterToHast({ ...shown, file }, index)
  await embedImages(tree, file)
  const parts = partsOf(source)
  const blocks = source.tree.children.map((node, place) => ({
    position: node.position,
    file: source.file.path,
    source: parts[place]!,
    isCell: markOf(node)?.cell !== undefined,
    cells: cellsIn(node),
    nodes: [] as RootContent[],
  }))
  // What has no place of its own follows what stands before it.
  let at = 0
  for (const node of tree.children) {
    const place = node.position?.start.offset
    const found = place === undefined ? -1 : blocks.findIndex((block) => holds(block.position, place))
    if (found >= 0) at = found
    blocks[at]?.nodes.push(node)
  }
  return blocks
}

function partsOf({ file, tree }: Chapter): string[] {
  const text = String(file)
  const starts: number[] = []
  for (const { position } of tree.children)
    starts.push(Math.max(position?.start.offset ?? 0, starts.at(-1) ?? 0))
  return starts.map((start, place) => text.slice(place === 0 ? 0 : start, starts[place + 1]))
}

function holds(position: Position | undefined, offset: number): boolean {
  return position !== undefined && position.start.offset! <= offset && offset < position.end.offset!
}

function cellsIn(tree: Node): string[] {
  const labels: string[] = []
  visit(tree, (node: Node) => {
    const label = markOf(node)?.cell
    if (label !== undefined) labels.push(label)
  })
  return labels
}
