import { plural } from '../output/format.ts'
import type { ChapterChange, Diff, FigureChange, Named, ShownChange, TableChange, Verdict } from './schema.ts'

const most = { cells: 6, texts: 12, words: 100 } as const

const marks: { readonly [Name in Verdict]: string } = {
  within: '≈',
  beyond: '✗',
  measured: '·',
  'not judged': '?',
  added: '+',
  removed: '-',
  rewritten: '~',
}

/** Writes a diff for people: what changed by chapter, then what it was computed from, then a summary. */
export function printDiff(diff: Diff): string {
  const { before, after, notes } = diff
  const lines = [
    `${nameOf(before)} → ${nameOf(after)}, profile ${diff.profile}`,
    ...notes.map((note) => `  note       ${note}`),
    '',
    ...diff.chapters.flatMap(({ file, title, changes }) => [
      `${title || file}${title ? ` (${file})` : ''}`,
      ...changes.flatMap(linesOf),
      '',
    ]),
    ...sectionOf('Params', namedLines(diff.params)),
    ...sectionOf('Packages', namedLines(diff.packages)),
    ...sectionOf('Data', namedLines(diff.data)),
    ...sectionOf('Machines', diff.environments ? namedLines([{ name: 'jobs', ...diff.environments }]) : []),
    ...sectionOf('Cells', cellLines(diff)),
    ...sectionOf('Texts', textLines(diff)),
    summaryLine(diff),
    '',
  ]
  return lines.join('\n')
}

function nameOf({ name, detail, numbers }: Diff['before']): string {
  return `${name} (${detail}, ${numbers} numbers)`
}

function linesOf(change: ChapterChange): string[] {
  if (change.kind === 'figure') return figureLines(change)
  return 'rows' in change ? tableLines(change) : shownLines(change)
}

function shownLines(change: ShownChange): string[] {
  const { kind, place, before, after, sentence, source, verdict, rule, because, found } = change
  const {
    before: left,
    own,
    after: right,
  } = sentence.after ?? sentence.before ?? { before: '', own: source.after ?? source.before ?? '', after: '' }
  const words = `“${clip(left, -50)}${kind === 'claim' ? own : `[${own}]`}${clip(right, 50)}”`
  const change_ =
    kind === 'claim' && before !== undefined && after !== undefined
      ? verdict === 'rewritten'
        ? `claim: \`${source.before}\` became \`${source.after}\``
        : `claim ${before} → ${after}`
      : arrow(before, after)
  const why = [...(rule === '' ? [] : [rule]), ...(found ? [found] : []), ...reasonWords(because)]
  return [
    `  ${marks[verdict]} ${atLine(place)}  ${change_}${why.length > 0 ? `  (${why.join('; ')})` : ''}`,
    `      ${words}`,
  ]
}

function tableLines({ verdict, id, state, rows, columns, because, kind }: TableChange): string[] {
  const titles = new Map(columns.map(({ key, title }) => [key, title]))
  const changed = rows.filter(({ state }) => state === 'changed')
  const cells = changed.flatMap((row) => row.cells.map((cell) => ({ ...cell, name: row.name })))
  const counts = [
    ...(cells.length > 0 ? [plural(cells.length, 'cell')] : []),
    ...rows
      .flatMap((row) =>
        row.state === 'added' || row.state === 'removed' ? [`row ${row.state}: ${row.name}`] : [],
      )
      .slice(0, 3),
    ...columns.flatMap((one) => (one.state === 'same' ? [] : [`column ${one.state}: ${one.title}`])),
  ]
  if (state !== 'changed')
    return [`  ${marks[verdict]} #${id}  ${kind === 'plain' ? 'value' : 'table'} ${state}`]
  const shown = cells.sort((a, b) => rank(a.verdict) - rank(b.verdict)).slice(0, most.cells)
  return [
    `  ${marks[verdict]} #${id}  ${[...counts, ...reasonWords(because)].join('; ')}`,
    ...shown.map(
      ({ key, name, before, after, verdict, rule }) =>
        `      ${marks[verdict]} ${[name, titles.get(key)].filter(Boolean).join(', ')}: ${arrow(before, after)}${rule && `  (${rule})`}`,
    ),
    ...(cells.length > shown.length ? [`      and ${cells.length - shown.length} more`] : []),
  ]
}

function figureLines({ verdict, id, state, data, because, changes }: FigureChange): string[] {
  if (state !== 'changed') return [`  ${marks[verdict]} #${id}  figure ${state}`]
  const counts =
    changes.length === 0
      ? 'its data are not kept in both versions'
      : `${data.changed} of ${plural(data.numbers, 'number')} changed, ${data.beyond} beyond the rule`
  return [
    `  ${marks[verdict]} #${id}  ${['figure', counts].join(': ')}${reasonWords(because)
      .map((one) => `; ${one}`)
      .join('')}`,
  ]
}

function rank(verdict: Verdict): number {
  return verdict === 'beyond' ? 0 : verdict === 'within' ? 1 : 2
}

function reasonWords(because: readonly string[]): string[] {
  if (because.length === 0) return []
  const more = because.length > 3 ? ` and ${because.length - 3} more` : ''
  return [`because of ${because.slice(0, 3).join(', ')}${more}`]
}

function arrow(before: string | undefined, after: string | undefined): string {
  if (before === undefined) return `new: ${after}`
  return after === undefined ? `gone: ${before}` : `${before} → ${after}`
}

function atLine(place: string): string {
  return (/:(\d+)(?::\d+)?$/.exec(place)?.[1] ?? '').padStart(4)
}

// A negative width keeps the end.
function clip(text: string, width: number): string {
  const line = text.replace(/\s+/g, ' ')
  if (line.length <= Math.abs(width)) return line
  return width < 0 ? `…${line.slice(width)}` : `${line.slice(0, width)}…`
}

function sectionOf(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? [title, ...lines, ''] : []
}

function namedLines(list: readonly Named[]): string[] {
  return list.map(({ name, before, after }) => `  ${name}: ${arrow(before, after)}`)
}

function cellLines({ cells }: Diff): string[] {
  return (['added', 'removed', 'changed'] as const).flatMap((state) =>
    cells[state].length > 0 ? [`  ${state}: ${cells[state].map((label) => `#${label}`).join(', ')}`] : [],
  )
}

function textLines({ texts }: Diff): string[] {
  const lines = texts
    .slice(0, most.texts)
    .map(
      ({ file, section, state, text }) =>
        `  ${state} in ${file}${section ? `, ${clip(section, 40)}` : ''}: ${clip(text, 60)}`,
    )
  return texts.length > lines.length ? [...lines, `  and ${texts.length - lines.length} more`] : lines
}

/** Sums up a diff in one line. */
export function summaryLine({ summary }: Pick<Diff, 'summary'>): string {
  const { compared, unchanged, within, beyond, measured, notJudged, added, removed, turned, figures } =
    summary
  const some = (count: number, words: string) => (count > 0 ? [`${count} ${words}`] : [])
  const counts = [
    `${unchanged} unchanged`,
    ...some(within, 'within their rule'),
    `${beyond} beyond their rule`,
    ...some(measured, 'measured'),
    ...some(notJudged, 'not judged'),
  ]
  const more = [
    ...some(turned, turned === 1 ? 'claim turned' : 'claims turned'),
    ...some(figures, figures === 1 ? 'figure changed' : 'figures changed'),
    ...some(added, 'new'),
    ...some(removed, 'gone'),
  ]
  return `  compared   ${plural(compared, 'number')}: ${counts.join(', ')}${more.length > 0 ? `; ${more.join(', ')}` : ''}`
}
