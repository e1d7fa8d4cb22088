import { plural } from '../output/format.ts'
import type { Outcome } from './outcome.ts'

/** Says in one line how a check came out: `12 numbers: 9 equal, 1 agrees, 2 measured, 0 differ; seed 7; 3.1 s`. */
export function summaryLine({ profile, seed, summary }: Outcome): string {
  const { equal, agrees, measured, notJudged, differs, outOfScope, errors, jobsRun, jobs, elapsedMs } =
    summary
  const all = equal + agrees + measured + notJudged + differs
  const counts = [
    `${equal} equal`,
    `${agrees} ${agrees === 1 ? 'agrees' : 'agree'}`,
    `${measured} measured`,
    ...(notJudged > 0 ? [`${notJudged} not judged`] : []),
    `${differs} ${differs === 1 ? 'differs' : 'differ'}`,
    ...(outOfScope > 0 ? [`${outOfScope} rest on nothing computed again`] : []),
    ...(errors > 0 ? [`${plural(errors, 'error')} of the build`] : []),
  ]
  const what = `${profile}, ${plural(all, 'number')}: ${counts.join(', ')}`
  return `  checked    ${what}; ${jobsRun} of ${plural(jobs, 'job')} run; seed ${seed}; ${duration(elapsedMs)}`
}

function duration(ms: number): string {
  if (ms < 99_950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
