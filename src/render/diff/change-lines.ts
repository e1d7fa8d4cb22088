import { plural } from '../output/format.ts'
import type { ChapterChange, FigureChange, ShownChange, TableChange, Verdict } from './schema.ts'

const most = { cells: 4, reasons: 2 } as const

const marks: { readonly [Name in Verdict]: string } = {
  within: '≈',
  beyond: '✗',
  measured: '·',
  'not judged': '?',
  added: '+',
  removed: '-',
  rewritten: '~',
}

/** Writes a change that both versions have for the console: what it was and is, why, and its sentence below. */
export function changeLines(change: ChapterChange): string[] {
  if (change.kind === 'figure') return figureLines(change)
  return 'rows' in change ? tableLines(change) : shownLines(change)
}

function shownLines(change: ShownChange): string[] {
  const { kind, place, before, after, sentence, source, verdict, rule, because, found } = change
  const own = source.after ?? source.before ?? ''
  const one = sentence.after ?? sentence.before
  const words = one
    ? `“${clip(one.before, -50)}${kind === 'claim' ? one.own : `[${clip(one.own, 80)}]`}${clip(one.after, 50)}”`
    : own
  const what =
    verdict === 'rewritten'
      ? `claim: \`${source.before}\` → \`${source.after}\``
      : `${kind === 'claim' ? 'claim: ' : ''}${changeWords(before ?? '', after ?? '')}`
  const why = [rule, found ?? '', ...reasonWords(because)].filter((word) => word !== '')
  return [
    `  ${marks[verdict]} ${lineOf(place)}  ${what}${why.length > 0 ? `  (${why.join('; ')})` : ''}`,
    `           ${words}`,
  ]
}

// Long texts are cut to where they begin to differ.
function changeWords(before: string, after: string): string {
  let at = 0
  while (at < before.length && before[at] === after[at]) at++
  const start = at > 60 ? before.lastIndexOf(' ', at - 20) + 1 : 0
  const [was, is] = [before, after].map((text) => `${start > 0 ? '…' : ''}${clip(text.slice(start), 80)}`)
  return `${was} → ${is}`
}

function tableLines({ verdict, id, rows, columns, because, place }: TableChange): string[] {
  const titles = new Map(columns.map(({ key, title }) => [key, title]))
  const cells = rows
    .filter(({ state }) => state === 'changed')
    .flatMap((row) => row.cells.map((cell) => ({ ...cell, name: row.name })))
  const oneSided = rows.flatMap(({ state, name }) =>
    state === 'added' || state === 'removed' ? [`row ${state}: ${name}`] : [],
  )
  const counts = [
    ...(cells.length > 0 ? [plural(cells.length, 'cell')] : []),
    ...oneSided.slice(0, most.cells),
    ...columns.flatMap(({ state, title }) => (state === 'same' ? [] : [`column ${state}: ${title}`])),
    ...reasonWords(because),
  ]
  const first = [...cells].sort((a, b) => rank(a.verdict) - rank(b.verdict)).slice(0, most.cells)
  const lines = first.map(({ key, name, before, after, verdict: own, rule }) => {
    const where = [name, titles.get(key)].filter(Boolean).join(', ')
    return `           ${marks[own]} ${where}: ${before ?? 'nothing'} → ${after ?? 'nothing'}${rule && `  (${rule})`}`
  })
  const rest = cells.length - first.length
  return [
    `  ${marks[verdict]} ${lineOf(place)}  #${id}: ${counts.join('; ')}`,
    ...lines,
    ...(rest > 0 ? [`           and ${rest} more`] : []),
  ]
}

function figureLines(change: FigureChange): string[] {
  const { verdict, id, because, place } = change
  const words = [figureWords(change), ...reasonWords(because)].join('; ')
  return [`  ${marks[verdict]} ${lineOf(place)}  #${id}: ${words}`]
}

/** Says how the data of a figure changed. */
export function figureWords({ data, changes }: FigureChange): string {
  if (changes.length === 0) return 'the figure changed, its data are not kept in both versions'
  if (data.changed === 0) return 'it is drawn in another way, from the same data'
  const judged = data.beyond > 0 ? `, ${data.beyond} beyond their rule` : ''
  return `${data.changed} of ${plural(data.numbers, 'number')} drawn changed${judged}`
}

function rank(verdict: Verdict): number {
  return verdict === 'beyond' ? 0 : verdict === 'within' ? 1 : 2
}

function reasonWords(because: readonly string[]): string[] {
  if (because.length === 0) return []
  const more = because.length > most.reasons ? ` and ${because.length - most.reasons} more` : ''
  return [`changed: ${because.slice(0, most.reasons).join(', ')}${more}`]
}

function lineOf(place: string): string {
  return (/:(\d+)(?::\d+)?$/.exec(place)?.[1] ?? '').padStart(4)
}

/** Cuts a text to a width on one line; a negative width keeps the end. */
export function clip(text: string, width: number): string {
  // A space between a number and its unit stays what it is.
  const line = text.replace(/[ \t\r\n]+/g, ' ')
  if (line.length <= Math.abs(width)) return line
  return width < 0 ? `…${line.slice(width)}` : `${line.slice(0, width)}…`
}
