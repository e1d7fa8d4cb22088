import { layColumns } from './columns.ts'
import { readFlow } from './flow.ts'
import { insertBehind } from './insert-behind.ts'
import { leavesIn } from './leaves.ts'
import { searchSlots } from './search.ts'
import { readSheet } from './sheet.ts'
import { openWindow } from './window.ts'

/** Where the figures of a page stand when it is printed. */
export interface Plan {
  /** Of each figure that may move, its place among all blocks, and behind which of those that stay it stands. */
  readonly slots: readonly (readonly [leaf: number, slot: number])[]
  /** How many pages the print has. */
  readonly pages: number
  /** On which of them each wanted element begins. */
  readonly numbers: readonly (readonly [id: string, page: number])[]
}

/** The size of the contents of a page, to lay it out in a window of that width; nothing if it has no single size. */
export { readSheet }

/**
 * Places the figures and tables of a page that is laid out for print, and says on which pages elements stand then.
 * Gives nothing where the page cannot be laid out as it is printed.
 */
export function place(ids: readonly string[]): Plan | undefined {
  const sheet = readSheet()
  const main = document.querySelector('main')
  if (!sheet || !main) return undefined
  const leaves = leavesIn(main)
  const columns = layColumns(main, leaves, sheet)
  const flow = readFlow(leaves, sheet)
  const window = openWindow(main, flow, columns, sheet)
  const slots = searchSlots(flow, window, sheet.height)
  window.close()
  const placed = flow.floats.map(({ index }, at) => [index, slots[at]!] as const)
  put(flow.floats.map(({ leaf }) => leaf.element), placed)
  const numbers = ids.flatMap((id) => {
    const element = document.getElementById(id)
    const [piece] = element ? columns.piecesOf(element) : []
    return piece ? [[id, piece.page] as const] : []
  })
  const pages = columns.count()
  columns.undo()
  return { slots: placed, pages, numbers }

  function put(elements: readonly HTMLElement[], wanted: Plan['slots']): void {
    for (const [at, [, slot]] of wanted.entries()) {
      const last = wanted[at - 1]?.[1] === slot ? elements[at - 1] : undefined
      insertBehind(flow.floats[at]!, slot, elements[at]!, flow.texts, last)
    }
  }
}
