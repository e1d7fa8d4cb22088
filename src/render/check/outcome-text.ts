import { plural } from '../output/format.ts'
import { isDifference, type Outcome, type Place, placeText, type Row, type Sentence } from './outcome.ts'

const widest = { place: 9, label: 26, sentence: 62, accepted: 24, recomputed: 24, rule: 52 }
const mostDifferences = 50

/** Writes an outcome for people: a table for each chapter, then a list of the differences, then a summary. */
export function printTable(outcome: Outcome): string {
  const { rows, failed, notes } = outcome
  const chapters = [...new Set(rows.map(({ place }) => place.file))]
  const tables = chapters.flatMap((file) =>
    tableOf(
      file,
      rows.filter(({ place }) => place.file === file),
    ),
  )
  const failures = failed.map(({ label, message, above }) => {
    const rests = above.length > 0 ? `; on it rest ${above.map((one) => `#${one}`).join(', ')}` : ''
    return `  failed     #${label}: ${message}${rests}`
  })
  const told = notes.map((note) => `  note       ${note}`)
  return [...tables, ...differences(rows), ...failures, ...told, summaryLine(outcome), ''].join('\n')
}

function tableOf(file: string, rows: readonly Row[]): string[] {
  const cells = [heads, ...rows.map(cellsOf)]
  const limits = Object.values(widest)
  const cut = cells.map((row) => row.map((text, column) => clip(text, limits[column] ?? 20)))
  const widths = heads.map((_, column) => Math.max(...cut.map((row) => row[column]!.length)))
  const lines = cut.map((row, index) => {
    const isWrong = index > 0 && isDifference(rows[index - 1]!)
    return `${isWrong ? '✗' : ' '} ${row
      .map((text, column) => text.padEnd(widths[column]!))
      .join('  ')
      .trimEnd()}`
  })
  return [file, ...lines, '']
}

const heads = ['place', 'label', 'sentence', 'accepted', 'recomputed', 'rule', 'verdict']

function cellsOf({ place, label, sentence, accepted, recomputed, rule, verdict }: Row): string[] {
  return [
    [place.line, place.column].filter(Boolean).join(':'),
    label,
    sentence,
    accepted,
    recomputed,
    rule,
    verdict,
  ]
}

function clip(text: string, width: number): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > width ? `${line.slice(0, width - 1)}…` : line
}

// In a long table, differences are easy to miss.
function differences(rows: readonly Row[]): string[] {
  const all = rows.filter(isDifference)
  if (all.length === 0) return []
  const lines = all.slice(0, mostDifferences).map((row) => `✗ ${placeText(row.place)} ${messageOfRow(row)}`)
  const more = all.length - lines.length
  return ['Differences', ...lines, ...(more > 0 ? [`  and ${more} more`] : []), '']
}

const mostSentences = 5

/** Describes in one line what is wrong with a number or a result. */
function messageOfRow(row: Row): string {
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
function summaryLine({ profile, seed, summary }: Outcome): string {
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

/** Writes each difference, and each error of the build, as a GitHub annotation. */
export function printGithub(outcome: Outcome): string {
  const rows = outcome.rows.filter(isDifference).map((row) => annotation(row.place, messageOfRow(row)))
  const errors = outcome.errors.map(({ place, rule, message }) => annotation(place, `${message} (${rule})`))
  return [...rows, ...errors, summaryLine(outcome), ''].join('\n')
}

function annotation({ file, line, column }: Place, message: string): string {
  const properties = Object.entries({ file, line, col: column }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${inProperty(String(value))}`],
  )
  return `::error ${properties.join(',')}::${inMessage(message)}`
}

function inMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function inProperty(text: string): string {
  return inMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
