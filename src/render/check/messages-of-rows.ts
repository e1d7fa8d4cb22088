import type { Row, Sentence } from './outcome.ts'
import { placeText } from './outcome.ts'

const mostSentences = 5

/** Says what is wrong with a number or a result, in one line. */
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
