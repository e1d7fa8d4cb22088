import type { Outcome, Place } from './outcome.ts'
import { isDifference } from './outcome.ts'
import { messageOfRow, summaryLine } from './outcome-text.ts'

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
