import { takenName } from '../bundle/cell-names.ts'
import { warn } from '../model/messages.ts'
import type { Cell } from '../model/types.ts'
import type { Program } from '../pipeline/stages.ts'
import { globalNames } from './global-names.ts'

/**
 * Finds the cells of a notebook with a name of their own that later cells mean otherwise: `const performance` hides the
 * global one from every cell after it, because all cells of a notebook share their names. Their code then stands in a
 * block. If such a cell exports something too, that is not possible, and it is reported.
 *
 * @param labels of the cells, in the notebook's order
 * @param given names that every cell may use: `params`, and what the notebook imports
 */
export async function cellsToKeepApart(
  labels: readonly string[],
  given: readonly string[],
  { source: { tree }, owners }: Program,
): Promise<ReadonlySet<string>> {
  const exporting = new Set(owners.values())
  const shared = new Set([...globalNames, ...given])
  const later = new Set<string>()
  const apart = new Set<string>()
  for (const label of [...labels].reverse()) {
    const cell = tree.cells.find((one) => one.label === label)!
    const { file } = tree.chapters.find((one) => one.file.path === cell.file)!
    const names = [...later].filter((name) => shared.has(name) && owners.get(name) !== label)
    const taken = names.length > 0 ? await takenName(cell, names, String(file)) : undefined
    for (const name of namesIn(cell)) later.add(name)
    if (!taken) continue
    if (!exporting.has(label)) {
      apart.add(label)
      continue
    }
    const reason = `Unexpected name \`${taken.name}\`, in a notebook later cells see it too: expected another one`
    warn(file, 'name-is-free', reason, taken.place)
  }
  return apart
}

// But for the names of members.
function namesIn({ source }: Cell): readonly string[] {
  return source.match(/(?<![\p{ID_Continue}$]|(?<!\.)\.)[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? []
}
