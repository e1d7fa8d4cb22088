import type { Outcome, Row } from './outcome.ts'
import { isDifference, placeText } from './outcome.ts'
import { messageOfRow, summaryLine } from './outcome-text.ts'

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
