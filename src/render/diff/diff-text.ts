import { changeLines, clip } from './change-lines.ts'
import type { ChapterChange, Diff, Named, Verdict } from './schema.ts'

/** Most lines of each kind; the page and the JSON have all. */
const most = { changes: 12, texts: 8, names: 8 } as const

const order: readonly Verdict[] = ['beyond', 'rewritten', 'not judged', 'within', 'measured']

/** Writes a diff for people: what changed by chapter, then what it was computed from, then a summary. */
export function printDiff(diff: Diff): string {
  const { before, after, notes } = diff
  const lines = [
    `${nameOf(before)} → ${nameOf(after)}, profile ${diff.profile}`,
    ...notes.map((note) => `  note       ${note}`),
    '',
    ...diff.chapters.flatMap(chapterLines),
    ...sectionOf('Params', namedLines(diff.params)),
    ...sectionOf('Packages', namedLines(diff.packages)),
    ...sectionOf('Data sets', namedLines(diff.data)),
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

// What changed beyond its rule comes first where not all is shown.
function chapterLines({ file, title, changes }: Diff['chapters'][number]): string[] {
  const isOneSided = ({ verdict }: ChapterChange) => verdict === 'added' || verdict === 'removed'
  const changed = changes.filter((change) => !isOneSided(change))
  const first = order.flatMap((verdict) => changed.filter((change) => change.verdict === verdict))
  const chosen = new Set(first.slice(0, most.changes))
  const rest = first.slice(most.changes)
  const counts = order.flatMap((verdict) => {
    const count = rest.filter((change) => change.verdict === verdict).length
    return count > 0 ? [`${count} ${verdict}`] : []
  })
  return [
    title && file ? `${title} (${file})` : title || file,
    ...changed.filter((change) => chosen.has(change)).flatMap(changeLines),
    ...(rest.length > 0 ? [`  … and ${rest.length} more: ${counts.join(', ')}`] : []),
    ...oneSidedLine(
      '+ new:',
      changes.filter(({ verdict }) => verdict === 'added'),
    ),
    ...oneSidedLine(
      '- gone:',
      changes.filter(({ verdict }) => verdict === 'removed'),
    ),
    '',
  ]
}

function oneSidedLine(mark: string, changes: readonly ChapterChange[]): string[] {
  if (changes.length === 0) return []
  const names = changes.map((change) => {
    if ('rows' in change || change.kind === 'figure') return `#${change.id}`
    const text = change.after ?? change.before ?? ''
    return change.kind === 'claim'
      ? `claim \`${change.source.after ?? change.source.before}\``
      : clip(text, 40)
  })
  return [`  ${mark} ${shortList(names)}`]
}

function shortList(names: readonly string[]): string {
  const more = names.length - most.names
  return `${names.slice(0, most.names).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

/** Writes what became of something: `1 → 2`, `new: 2`, `gone: 1`. */
export function arrow(before: string | undefined, after: string | undefined): string {
  if (before === undefined) return `new: ${after}`
  return after === undefined ? `gone: ${before}` : `${before} → ${after}`
}

function sectionOf(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? [title, ...lines, ''] : []
}

function namedLines(list: readonly Named[]): string[] {
  return list.map(({ name, before, after }) => `  ${name}: ${arrow(before, after)}`)
}

function cellLines({ cells }: Diff): string[] {
  return (['added', 'removed', 'changed'] as const).flatMap((state) =>
    cells[state].length > 0 ? [`  ${state}: ${shortList(cells[state].map((label) => `#${label}`))}`] : [],
  )
}

function textLines({ texts }: Diff): string[] {
  const lines = texts
    .slice(0, most.texts)
    .map(({ file, state, text }) => `  ${state} in ${file}: ${text.slice(0, 70)}`)
  return texts.length > lines.length ? [...lines, `  and ${texts.length - lines.length} more`] : lines
}

/** Sums up a diff in one line: `12 numbers and figures: 9 unchanged, 1 within its rule, 2 beyond their rule; 1 claim turned`. */
export function summaryLine({ summary }: Pick<Diff, 'summary'>): string {
  const { compared, unchanged, within, beyond, measured, notJudged, rewritten } = summary
  const { added, removed, turned, figures } = summary
  const some = (count: number, one: string, many = one) =>
    count > 0 ? [`${count} ${count === 1 ? one : many}`] : []
  const counts = [
    `${unchanged} unchanged`,
    ...some(within, 'within its rule', 'within their rule'),
    `${beyond} beyond ${beyond === 1 ? 'its' : 'their'} rule`,
    ...some(measured, 'measured'),
    ...some(notJudged, 'not judged'),
    ...some(rewritten, 'with another condition'),
  ]
  const more = [
    ...some(turned, 'claim turned', 'claims turned'),
    ...some(figures, 'figure changed', 'figures changed'),
    ...some(added, 'new'),
    ...some(removed, 'gone'),
  ]
  return `  compared   ${compared} numbers and figures: ${counts.join(', ')}${more.length > 0 ? `; ${more.join(', ')}` : ''}`
}
