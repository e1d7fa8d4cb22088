import { basename } from 'node:path'
import { suggestion } from '../model/nearest.ts'
import type { ReportTree } from '../model/types.ts'
import type { Program } from '../pipeline/stages.ts'

/**
 * Gives the places of the chapters of a notebook in the list of all chapters, in the report's order: those named, or
 * those of `notebook:` in the front matter, or all. Throws for a name that no chapter has.
 */
export function chooseChapters({ report, chapters }: ReportTree, named?: readonly string[]): number[] {
  const wanted = named ?? report.front.notebook
  const all = [...chapters.keys()]
  if (wanted === undefined) return all
  const names = chapters.map(({ file }, index) =>
    index === 0 ? basename(file.path) : report.front.chapters[index - 1]!,
  )
  for (const name of wanted)
    if (!names.includes(name))
      throw new Error(
        `Unknown chapter \`${name}\` of the notebook, expected ${names.join(', ')}${suggestion(name, names)}`,
      )
  return all.filter((index) => wanted.includes(names[index]!))
}

/** Lists the cells that some cells need, directly or through others, in document order, without these cells. */
export function cellsNeeded(labels: readonly string[], { cells, owners, source }: Program): string[] {
  const own = new Set(labels)
  const found = new Set(labels)
  // The loop adds to the set that it reads.
  for (const label of found) for (const name of cells.get(label)?.needs ?? []) found.add(owners.get(name)!)
  return source.tree.cells.map(({ label }) => label).filter((label) => found.has(label) && !own.has(label))
}
