import type { Hunk, Patch } from '../protocol.ts'
import { marks } from '../protocol.ts'
import { morphNodes } from './morph.ts'
import { applyPieces } from './pieces.ts'
import { endOf, nodesOf, type Run } from './runs.ts'

/** Changes the page as a patch says; false if the page is not what the patch expects, and must be loaded again. */
export function applyPatch(patch: Patch, runs: readonly Run[]): boolean {
  for (const { run, hunks } of patch.runs) {
    const target = runs[run]
    if (!target) return false
    // From the last to the first: the numbers of those before stay.
    for (const hunk of [...hunks].reverse()) if (!applyHunk(hunk, target)) return false
  }
  applyPieces(patch.pieces)
  return true
}

function applyHunk({ at, removed, added }: Hunk, run: Run): boolean {
  const old = run.starts.slice(at, at + removed)
  const after = endOf(run, at + removed - 1)
  const parent = after.parentNode
  const contents = old.map((_, offset) => nodesOf(run, at + offset))
  if (!parent || contents.some((nodes) => nodes === undefined)) return false
  const used = new Set<Comment>()
  const starts: Comment[] = []
  let place: ChildNode = old[0] ?? after
  for (const { html, from } of added) {
    const nodes = parsed(html)
    const kept = from === undefined ? undefined : old[from - at]
    if (!kept) {
      const start = document.createComment(marks.region)
      place.before(start, ...nodes)
      starts.push(start)
      continue
    }
    // Regions before it that nothing became.
    used.add(kept)
    const end = endOf(run, from!)
    morphNodes(contents[from! - at]!, nodes, end)
    starts.push(kept)
    place = end
  }
  for (const [index, start] of old.entries()) {
    if (used.has(start)) continue
    for (const node of contents[index]!) node.remove()
    start.remove()
  }
  run.starts.splice(at, removed, ...starts)
  return true
}

function parsed(html: string): ChildNode[] {
  const template = document.createElement('template')
  template.innerHTML = html
  return [...document.importNode(template.content, true).childNodes]
}
