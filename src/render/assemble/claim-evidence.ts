import { isSpread } from '../../statistics/spread.ts'
import type { Evaluated, Expressions, Failing } from '../execute/evaluate.ts'
import { warn } from '../model/messages.ts'
import type { Json, ReportTree } from '../model/types.ts'
import type { Interval } from '../output/interval.ts'
import { printValue } from '../output/print-value.ts'
import type { Noise } from '../worker/evaluated.ts'

type Succeeded = Extract<Evaluated, { ok: true }>

const mostSpreads = 4

/**
 * Gives the evidence against a false claim: both sides of the comparison that fails, as in
 * `deep.mean is 0.91, shallow.mean is 0.92, expected deep.mean > shallow.mean`, or else the values that it read.
 */
export function claimEvidence(source: string, { read, failing, intervals = [] }: Succeeded): string {
  const sides = failing && sidesEvidence(failing)
  if (sides !== undefined) return sides
  const values = [
    ...collapseSpreads(read).map(readText),
    ...intervals.map((one) => `the difference is ${intervalText(one)}`),
  ]
  return `${values.join(', ') || 'nothing was read'}, expected ${source}`
}

/**
 * Writes how often a claim held, and the Spreads that it compares: `holds in 83 % of 400 redraws of its means (...)`.
 */
export function noiseEvidence({ held, redraws, spreads }: Noise): string {
  const all = Object.entries(spreads).map(
    ([path, spread]) => `${path} ${printValue(spread, path)} of ${spread.n} seeds`,
  )
  const rest = all.length - mostSpreads
  const named = all.slice(0, mostSpreads).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
  return `holds in ${heldText({ held, redraws })} of its means (${named})`
}

/**
 * Writes how often a claim held: `83 % of 400 redraws`. Rounds towards the middle: only a claim that always held has
 * 100 %.
 */
function heldText(noise: Pick<Noise, 'held' | 'redraws'>): string {
  return `${heldPercent(noise)} % of ${noise.redraws} redraws`
}

/** Gives the percentage of redraws in which a claim held, rounded towards the middle. */
export function heldPercent({ held, redraws }: Pick<Noise, 'held' | 'redraws'>): number {
  const share = (100 * held) / redraws
  return share > 99 && share < 100 ? 99 : share > 0 && share < 1 ? 1 : Math.round(share)
}

/** Writes a difference with its interval: `0.013, 95 % CI 0.008 to 0.018`. */
function intervalText({ mean, low, high }: Interval): string {
  const [first, ...ends] = [mean, low, high].map((value) => printValue(value, 'difference'))
  return low === null ? first! : `${first}, 95\u00a0% CI ${ends.join(' to\u00a0')}`
}

function sidesEvidence({ left, operator, right, leftValue, rightValue }: Failing): string | undefined {
  const values = [
    ...(leftValue === undefined ? [] : [`${left} is ${leftValue}`]),
    ...(rightValue === undefined ? [] : [`${right} is ${rightValue}`]),
  ]
  if (values.length === 0) return undefined
  const isOneSided = leftValue !== undefined && rightValue === undefined
  return `${values.join(', ')}, expected ${isOneSided ? '' : `${left} `}${operator} ${right}`
}

function readText([path, value]: [string, Json]): string {
  return `${path} is ${isSpread(value) ? printValue(value, path) : JSON.stringify(value)}`
}

/**
 * Joins the members of a Spread under the path of the Spread if all of them were read; leaves other values as they
 * are.
 */
export function collapseSpreads(read: Readonly<Record<string, Json>>): [path: string, value: Json][] {
  const spreads = new Map<string, Record<string, Json>>()
  for (const [path, value] of Object.entries(read)) {
    const [, parent, member] = /^(.*)\.(mean|std|n|min|max)$/.exec(path) ?? []
    if (parent !== undefined) spreads.set(parent, { ...spreads.get(parent), [member!]: value })
  }
  const joined = Object.entries(read).map(([path, value]): [string, Json] => {
    const parent = path.replace(/\.\w+$/, '')
    const spread = parent === path ? undefined : spreads.get(parent)
    return isSpread(spread) ? [parent, { ...spread }] : [path, value]
  })
  return [...new Map(joined)]
}

/** A claim must hold in this share of redraws; below it, the claim may hold by chance. */
const clearShare = 0.95
/**
 * Two values say almost nothing about how they vary: by Student's t, almost no difference between such pairs is
 * clear.
 */
const fewest = 3

/** Checks whether a claim holds only by a difference within noise. */
export function isWithinNoise(noise: Noise | undefined): noise is Noise {
  return noise !== undefined && noise.held < clearShare * noise.redraws
}

/** Checks whether a claim has too few seeds to separate a difference from noise. */
export function hasFewSeeds({ spreads }: Noise): boolean {
  return Object.values(spreads).every(({ n }) => n < fewest)
}

/**
 * Warns once, at the first such claim, about all claims with too few seeds to be clear; may report `claim-is-clear`.
 */
export function reportFewSeeds({ expressions, chapters }: ReportTree, results: Expressions): void {
  const few = expressions.filter(({ id }) => {
    const result = results.get(id)?.result
    return result?.ok && isWithinNoise(result.noise) && hasFewSeeds(result.noise)
  })
  const [first] = few
  if (!first) return
  const claims = few.length === 1 ? 'A claim depends' : `${few.length} claims depend`
  const reason = `${claims} on fewer than ${fewest} seeds, too few to tell a difference from noise: expected ${fewest} or more`
  const file = chapters.find((chapter) => chapter.file.path === first.file)!.file
  warn(file, 'claim-is-clear', reason, first.position)
}
