import { marks } from '../protocol.ts'

/** A run of regions in the page: the comments before each of them, in order, and the one after the last. */
export interface Run {
  readonly starts: Comment[]
  readonly end: Comment
}

/**
 * Finds the runs of the page by their marks; undefined if they are not those that the server made: then an author's own
 * markup swallowed some.
 */
export function findRuns(counts: readonly number[]): readonly Run[] | undefined {
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_COMMENT)
  const runs: Run[] = []
  let starts: Comment[] = []
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const { data } = node as Comment
    if (data === marks.run) starts = []
    else if (data === marks.region) starts.push(node as Comment)
    else if (data === marks.end) runs.push({ starts, end: node as Comment })
  }
  const found = runs.map((run) => run.starts.length)
  return found.length > 0 && found.join() === counts.join() ? runs : undefined
}

/** Gives the comment after a region. */
export function endOf({ starts, end }: Run, index: number): Comment {
  return starts[index + 1] ?? end
}

/** Lists the nodes of a region; undefined if its marks are not in one element. */
export function nodesOf(run: Run, index: number): ChildNode[] | undefined {
  const end = endOf(run, index)
  const nodes: ChildNode[] = []
  for (let node = run.starts[index]!.nextSibling; node !== end; node = node.nextSibling) {
    if (node === null) return undefined
    nodes.push(node)
  }
  return nodes
}
