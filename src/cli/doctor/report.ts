import { relative } from 'node:path'
import { plural } from '../../render/output/format.ts'
import type { Finding } from './finding.ts'
import type { Probed } from './probe.ts'
import { shellWord } from './remedies.ts'
import type { ReportFacts } from './report-facts.ts'

/** Says whether the report reads, and what was accepted of it. */
export function reportFindings(path: string, probed: Probed<ReportFacts>): readonly Finding[] {
  const id = 'report'
  if (!probed.ok)
    return [{ id, state: 'fault', text: `${path} cannot be read: ${probed.reason.split('\n')[0]}` }]
  const { errors, profiles, cells, expressions, lang } = probed.value
  if (errors.length > 0) {
    const more = errors.length > 1 ? `, and ${plural(errors.length - 1, 'more error')}` : ''
    return [
      { id, state: 'fault', text: `${errors[0]!.split('\n')[0]}${more}`, facts: { errors: [...errors] } },
    ]
  }
  const size = `${plural(cells, 'cell')}, ${plural(expressions, 'value or claim', 'values and claims')}`
  const named = profiles.length === 0 ? 'no profile' : `profiles ${profiles.join(', ')}`
  const text = `${path} reads: ${size}, ${named}, language ${lang}`
  return [
    { id, state: 'ok', text, facts: { path, profiles: [...profiles], lang, cells, expressions } },
    findLock(probed.value),
  ]
}

/** Without a report, one can still be written. */
export const noReport: Finding = {
  id: 'report',
  state: 'lacks',
  text: 'none in this folder, expected report-src/report.md or report.md',
  remedy: 'npx weft init',
}

function findLock({ lock, lockReason }: ReportFacts): Finding {
  const id = 'lock'
  if (lockReason !== undefined) return { id, state: 'fault', text: lockReason.split('\n')[0]! }
  if (!lock) {
    const text = 'not there: no result is accepted, so a clone computes all of them'
    return { id, state: 'lacks', text, remedy: 'npx weft accept' }
  }
  const { profiles, missing, freeze } = lock
  const accepted = `accepted: ${profiles.join(', ') || 'no profile'}`
  if (missing === 0) return { id, state: 'ok', text: `${accepted}; every accepted result is there` }
  const text = `${accepted}; ${plural(missing, 'accepted result')} not in the folder freeze: the next build computes them`
  return { id, state: 'lacks', text, remedy: `git restore ${shellWord(relative(process.cwd(), freeze))}` }
}
