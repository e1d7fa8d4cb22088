import { plural } from '../output/format.ts'
import type { Outcome, Row, Sentence } from './outcome.ts'
import { placeText } from './outcome.ts'

const mostSentences = 5

/** Describes in one line what is wrong with a number or a result. */
export function messageOfRow(row: Row): string {
  const { kind, label, sentence, rule, verdict, restOnIt = [] } = row
  if (kind === 'result') return `${resultMessage(row)}${restText(restOnIt)}`
  const isProse = kind === 'value' || kind === 'claim'
  const where = isProse
    ? ` in “${sentence}”${label && ` (${label})`}`
    : ` in ${label}${sentence && `, ${sentence}`}`
  const [was, is] = [row.accepted, row.recomputed].map((text) => `\`${text}\``)
  if (verdict === 'differs') return `Cannot reproduce ${was}, found ${is}${where}: ${rule}`
  if (verdict === 'altered') return `Cannot trust ${was}, found ${is}${where}: ${rule}`
  if (verdict === 'not recomputed') return `Cannot recompute ${was}${where}: ${rule}`
  if (verdict === 'not accepted') return `Unexpected ${is}${where}, expected an accepted number: ${rule}`
  return `Cannot find ${was}${where}: ${rule}`
}

function resultMessage({ label, sentence, accepted, recomputed, rule, verdict }: Row): string {
  if (verdict === 'damaged') return `Cannot use the accepted result ${accepted} of ${label}, ${rule}`
  if (verdict === 'altered' && accepted !== '')
    return `Cannot trust the accepted result ${accepted} of ${label}, ${rule}`
  if (verdict === 'altered') return `Cannot trust the accepted results, ${rule}`
  return `Cannot reproduce \`${sentence}\` of ${label}, accepted \`${accepted}\`, found \`${recomputed}\`: ${rule}`
}

function restText(sentences: readonly Sentence[]): string {
  if (sentences.length === 0) return ''
  const shown = sentences.slice(0, mostSentences).map((one) => `${placeText(one.place)} “${one.text}”`)
  const more = sentences.length > shown.length ? ` and ${sentences.length - shown.length} more` : ''
  return `; on it rest ${shown.join(', ')}${more}`
}

/** Sums up a check in one line: `12 numbers: 9 equal, 1 agrees, 2 measured, 0 differ; seed 7; 3.1 s`. */
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
    ...(outOfScope > 0 ? [`${outOfScope} depend on nothing that was computed again`] : []),
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
