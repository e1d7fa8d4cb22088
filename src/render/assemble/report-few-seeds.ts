import type { Evaluated } from '../execute/evaluate.ts'
import { warn } from '../model/messages.ts'
import type { ReportTree } from '../model/types.ts'
import type { Noise } from '../worker/evaluated.ts'

/** The share of redraws in which a claim must hold: below it, the claim may hold by chance. */
const clearShare = 0.95
/** Two of a kind say next to nothing of how they vary: by Student's t, almost no difference of theirs is clear. */
const fewest = 3

/** Says whether a claim that holds rests on a difference within noise. */
export function isWithinNoise(noise: Noise | undefined): noise is Noise {
  return noise !== undefined && noise.held < clearShare * noise.redraws
}

/** Says whether a claim rests on too few seeds to tell noise from anything else. */
export function hasFewSeeds({ spreads }: Noise): boolean {
  return Object.values(spreads).every(({ n }) => n < fewest)
}

/** Warns once, at the first of them, of all claims that rest on too few seeds to be clear; may report `claim-is-clear`. */
export function reportFewSeeds(
  { expressions, chapters }: ReportTree,
  values: ReadonlyMap<number, Evaluated>,
): void {
  const few = expressions.filter((_, number) => {
    const result = values.get(number)
    return result?.ok && isWithinNoise(result.noise) && hasFewSeeds(result.noise)
  })
  const [first] = few
  if (!first) return
  const claims = few.length === 1 ? 'A claim rests' : `${few.length} claims rest`
  const reason = `${claims} on fewer than ${fewest} seeds, too few to tell a difference from noise: expected ${fewest} or more`
  const file = chapters.find((chapter) => chapter.file.path === first.file)!.file
  warn(file, 'claim-is-clear', reason, first.position)
}
