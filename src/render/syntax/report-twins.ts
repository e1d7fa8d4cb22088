import { fail } from '../messages.ts'
import type { Cell, Chapter, Position, Target } from '../types.ts'

/**
 * Leaves `label-is-unique` at each section, equation or listing whose label something else has: on the page a label
 * is an id. Cells of one label are reported where they are parsed.
 */
export function reportTwins(
  chapters: readonly Chapter[],
  cells: readonly Cell[],
  targets: readonly Target[],
): void {
  const places = new Map<string, { readonly file: string; readonly position: Position }>()
  for (const cell of cells) places.set(cell.label, cell)
  for (const target of targets) {
    const first = places.get(target.label)
    if (first === undefined) places.set(target.label, target)
    else if (first.position !== target.position) report(target, first)
  }

  function report({ label, kind, file, position }: Target, first: Pick<Target, 'file' | 'position'>): void {
    const chapter = chapters.find((one) => one.file.path === file)!
    const reason = `Unexpected ${kind} \`#${label}\`, expected a label of its own: that of ${first.file}:${first.position.start.line} is the same`
    fail(chapter.file, 'label-is-unique', reason, position)
  }
}
