import { patched } from '../../page/client/on-patch.ts'
import { type Hunk, marks, type Patch } from '../protocol.ts'
import { keepScroll } from './keep-scroll.ts'
import { morphNodes } from './morph.ts'
import { applyPieces, changedFigures } from './pieces.ts'
import { endOf, nodesOf, type Run } from './runs.ts'
import { keepSelection } from './selection.ts'

/**
 * Changes the page as a patch says, and keeps scroll, selection, folds and live figures. Gives false if the page is not
 * what the patch expects: then it must be loaded again.
 */
export function applyPatch(patch: Patch, runs: readonly Run[]): boolean {
  const selectAgain = keepSelection()
  let isDone = true
  keepScroll(() => {
    isDone = applyRuns(patch, runs)
  })
  if (!isDone) return false
  applyPieces(patch.pieces)
  selectAgain()
  tellPrograms()
  return true
}

const afterPaintMs = 30
// A page that nobody sees paints nothing.
const unseenMs = 1000
const telling: { frame?: number; timer?: ReturnType<typeof setTimeout> } = {}

// Buttons and marks of the contents may come after what was edited is on the screen: they measure the whole page.
function tellPrograms(): void {
  if (telling.frame !== undefined) cancelAnimationFrame(telling.frame)
  clearTimeout(telling.timer)
  const tell = () => document.dispatchEvent(new CustomEvent(patched))
  telling.timer = setTimeout(tell, unseenMs)
  telling.frame = requestAnimationFrame(() => {
    clearTimeout(telling.timer)
    telling.timer = setTimeout(tell, afterPaintMs)
  })
}

function applyRuns(patch: Patch, runs: readonly Run[]): boolean {
  const added = patch.runs.flatMap(({ run, hunks }) =>
    hunks.map((hunk) => ({ run, hunk, contents: hunk.added.map(({ html }) => parsed(html)) })),
  )
  const figures = changedFigures(patch.pieces)
  // From the last to the first: the numbers of those before stay.
  return added
    .reverse()
    .every(({ run, hunk, contents }) => runs[run] && applyHunk(hunk, runs[run], { contents, figures }))
}

interface New {
  readonly contents: readonly ChildNode[][]
  /** Those whose data change. */
  readonly figures: ReadonlySet<string>
}

function applyHunk({ at, removed, added }: Hunk, run: Run, { contents, figures }: New): boolean {
  const old = run.starts.slice(at, at + removed)
  const oldContents = old.map((_, offset) => nodesOf(run, at + offset))
  if (old.length !== removed || oldContents.some((nodes) => nodes === undefined)) return false
  const used = new Set<Comment>()
  const starts: Comment[] = []
  let place: ChildNode = old[0] ?? endOf(run, at - 1)
  for (const [index, { from }] of added.entries()) {
    const nodes = contents[index]!
    if (from === undefined) {
      const start = document.createComment(marks.region)
      place.before(start, ...nodes)
      starts.push(start)
      continue
    }
    const kept = old[from - at]!
    const end = endOf(run, from)
    morphNodes(oldContents[from - at]!, nodes, { end, changedFigures: figures })
    used.add(kept)
    starts.push(kept)
    place = end
  }
  for (const [index, start] of old.entries()) {
    if (used.has(start)) continue
    for (const node of oldContents[index]!) node.remove()
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
