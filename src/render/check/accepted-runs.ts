import { digestInOrder } from '../model/digest.ts'
import type { Json } from '../model/output-types.ts'
import type { Digest, StoredResult } from '../model/types.ts'
import { languageAt } from '../syntax/language-at.ts'
import type { Altered } from './altered.ts'
import { alteredIn, bothAltered, exactly, unaltered } from './altered.ts'
import { writtenAt } from './compare-tables.ts'
import type { Comparison } from './comparison.ts'
import { allBelow, jobKeysOf, labelsOf } from './dependencies.ts'
import { judgeCell, judgeShown } from './judge.ts'
import { numbersOf } from './numbers.ts'
import type { Rerun, RerunInputs } from './rerun.ts'
import { withJobs } from './rerun.ts'

type Known = Omit<Comparison, 'altered' | 'measured' | 'unstable' | 'sentences' | 'isInScope'>

/**
 * Finds the numbers for which the accepted results differ from the lock. It tests the cells as they were accepted,
 * and then cells that run again on the accepted jobs.
 */
export async function alteredResults(
  known: Known,
  run: (inputs: RerunInputs) => Promise<Rerun>,
): Promise<Altered> {
  const { locked, accepted } = known
  if (!locked.kept) return unaltered
  const asAccepted = await run({
    read: (key) => accepted.stored.get(key),
    accepted: (label) => accepted.stored.get(locked.cells[label] ?? ''),
  })
  const ofCells = alteredIn(locked, numbersOf(asAccepted.results), exactly)
  return bothAltered(ofCells, await alteredJobs(known, run))
}

async function alteredJobs(known: Known, run: (inputs: RerunInputs) => Promise<Rerun>): Promise<Altered> {
  const { locked, accepted, results, dependencies, numbers, basisOf } = known
  const others = new Map([...results.jobs].flatMap(([key, job]) => otherwise(key, job, accepted.stored)))
  if (others.size === 0) return unaltered
  const again = await run({ read: withJobs(results, others, dependencies) })
  const isHeld = (labels: readonly string[]) => {
    const below = allBelow(labels, dependencies)
    return [...jobKeysOf(below, results)].some((key) => others.has(key)) && hasSameCode(below, known)
  }
  return alteredIn(locked, numbersOf(again.results), {
    rule: 'computed from the accepted jobs',
    isShownEqual(id, before, found) {
      const labels = labelsOf(before.source, before.read, dependencies)
      const expression = numbers.shown.get(id)?.expression
      const lang = expression && languageAt(known.tree, expression)
      const basis = { ...basisOf(labels), isMeasured: false, tolerance: expression?.tolerance, lang }
      return !isHeld(labels) || judgeShown(before, found, basis).verdict !== 'differs'
    },
    isCellEqual(id, before, found) {
      const label = numbers.labels.get(id) ?? id
      const basis = { ...basisOf([label]), ...writtenAt(label, known), isMeasured: false }
      return !isHeld([label]) || judgeCell(before, found, basis).verdict !== 'differs'
    },
    isDrawingHeld(id) {
      const label = numbers.labels.get(id) ?? id
      const { isSame, isTrained } = basisOf([label])
      return isHeld([label]) && (isSame || !isTrained)
    },
  })
}

function otherwise(
  key: Digest,
  job: StoredResult,
  accepted: ReadonlyMap<Digest, StoredResult>,
): [Digest, StoredResult][] {
  const before = accepted.get(key)
  return before && contentOf(before) !== contentOf(job) ? [[key, before]] : []
}

function contentOf({ exports, measured }: StoredResult): Digest {
  return digestInOrder({ exports, measured } as unknown as Json)
}

// A cell whose code has changed proves nothing about the accepted jobs.
function hasSameCode(below: ReadonlySet<string>, { locked, accepted, results }: Known): boolean {
  return [...below].every((label) => {
    const before = accepted.stored.get(locked.cells[label] ?? '')
    const cellResult = results.cells.get(label)
    return (
      before &&
      cellResult &&
      'stored' in cellResult &&
      cellResult.stored?.parts.bundle === before.parts.bundle
    )
  })
}
