import type { VFile } from 'vfile'
import { fail } from '../model/messages.ts'
import type { Cell, Chapter, Target } from '../model/types.ts'

/**
 * Reports `label-is-unique` at each section, equation or listing whose label is used elsewhere: on the page a label
 * is an id. The same holds for ids that the page itself uses: `cell-` with a cell's label for its code, and those
 * that begin with `weft-`. Cells that share a label are reported when they are parsed.
 */
export function reportDuplicateIds(
  chapters: readonly Chapter[],
  cells: readonly Cell[],
  targets: readonly Target[],
): void {
  const places = new Map<string, Positioned>()
  for (const cell of cells) {
    places.set(cell.label, cell)
    places.set(`cell-${cell.label}`, cell)
    if (isOfPage(cell.label)) reportOfPage(cell, 'cell')
  }
  for (const target of targets) {
    if (isOfPage(target.label)) reportOfPage(target, target.kind)
    const first = places.get(target.label)
    if (first === undefined) places.set(target.label, target)
    else if (first.position !== target.position) report(target, first)
  }

  function fileOf({ file }: Positioned): VFile {
    return chapters.find((one) => one.file.path === file)!.file
  }

  function reportOfPage({ label, ...place }: Positioned & { readonly label: string }, kind: string): void {
    const reason = `Unexpected ${kind} \`#${label}\`, expected a label of its own: those that begin with \`weft-\` are the page's`
    fail(fileOf(place), 'label-is-unique', reason, place.position)
  }

  function report({ label, kind, file, position }: Target, first: Positioned): void {
    const reason = `Unexpected ${kind} \`#${label}\`, expected a label of its own: that of ${first.file}:${first.position.start.line} is the same`
    fail(fileOf({ file, position }), 'label-is-unique', reason, position)
  }
}

type Positioned = Pick<Target, 'file' | 'position'>

function isOfPage(label: string): boolean {
  return label.startsWith('weft-')
}
