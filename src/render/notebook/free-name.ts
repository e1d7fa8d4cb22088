import type { ReportTree } from '../model/types.ts'

/** Gives the first of some names that no cell of a report has in its code; the last one with a number if all are taken. */
export function freeName(wanted: readonly string[], { cells }: Pick<ReportTree, 'cells'>): string {
  const words = new Set(
    cells.flatMap(({ source }) => source.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? []),
  )
  const free = wanted.find((name) => !words.has(name))
  if (free !== undefined) return free
  let number = 2
  while (words.has(`${wanted.at(-1)}${number}`)) number += 1
  return `${wanted.at(-1)}${number}`
}
