import type { Store } from '../cache/store.ts'
import { keyOfCell } from '../model/lock.ts'
import type { Provenance } from '../model/types.ts'
import type { Mode } from './mode.ts'
import type { Source } from './stages.ts'

/** Gives, when asked, where the jobs come from that accepted results and those of the last build depend on. */
export function knownTimes(
  mode: Pick<Mode, 'accepted' | 'lastKeys'>,
  { source: { report, tree }, store }: { readonly source: Source; readonly store: Pick<Store, 'find'> },
): () => readonly Provenance[] {
  return () => {
    const [accepted, last] = [mode.accepted(report), mode.lastKeys(report)]
    const cells = tree.cells.flatMap(({ label }) => [keyOfCell(accepted, label), last[label]])
    const jobs = new Set(cells.flatMap((key) => store.find(key)?.provenance.jobs ?? []))
    return [...jobs].flatMap((key) => store.find(key)?.provenance ?? [])
  }
}
