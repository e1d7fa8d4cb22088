import { firstDifference } from '../model/first-difference.ts'
import { type LockedProfile, matchAccepted } from '../model/lock.ts'
import type { Json } from '../model/types.ts'
import { plural } from '../output/format.ts'
import type { Numbers } from './numbers.ts'
import { placeText } from './outcome.ts'

const most = 40

/**
 * Lists what changes for a reader if the results are accepted, one line each:
 * `91.2 % becomes 91.4 % in part-b.md:88`. Gives at most 40 lines and the number of the rest; no lines if nothing
 * changes.
 */
export function changesOf(
  before: LockedProfile | undefined,
  after: LockedProfile,
  numbers: Numbers,
): string[] {
  const none = { shown: [], tables: {}, drawings: {} }
  const all = [
    ...shownChanges(before ?? none, after, numbers),
    ...tableChanges(before ?? none, after, numbers),
    ...figureChanges(before ?? none, after),
  ]
  const more = all.length - most
  const counts = countsOf(before ?? none, after)
  return [...all.slice(0, most), ...(more > 0 ? [`and ${more} more changes`] : []), ...counts]
}

type Locked = Pick<LockedProfile, 'shown' | 'tables' | 'drawings'>

function shownChanges(before: Locked, after: Locked, numbers: Numbers): string[] {
  const accepted = matchAccepted(after.shown, before.shown)
  return after.shown.flatMap((one) => {
    const { id = '', kind, text, source } = one
    const old = accepted.get(one)
    if (!old || old.text === text) return []
    const { file, position } = numbers.shown.get(id)!.expression
    const where = placeText({ file, line: position.start.line })
    if (kind === 'claim') return [`the claim \`${source}\` becomes ${text} in ${where}`]
    return [`${old.text} becomes ${text} in ${where}`]
  })
}

function tableChanges(before: Locked, after: Locked, numbers: Numbers): string[] {
  return Object.entries(after.tables).flatMap(([id, table]) => {
    const old = before.tables[id]
    if (!old) return []
    const places = [...new Set([...Object.keys(table), ...Object.keys(old)])]
    const changed = places.filter((place) => table[place]?.text !== old[place]?.text)
    const [first] = changed
    if (first === undefined) return []
    const [was, is] = [old[first]?.text ?? 'nothing', table[first]?.text ?? 'nothing']
    if (first === '') return [`#${id}: ${was} becomes ${is}`]
    const count = `${changed.length} of ${places.length} numbers ${changed.length === 1 ? 'changes' : 'change'}`
    return [`#${id}: ${count}, ${was} becomes ${is} in ${nameOf(first, id, numbers)}`]
  })
}

function figureChanges(before: Locked, after: Locked): string[] {
  return Object.entries(after.drawings).flatMap(([id, digest]) =>
    before.drawings[id] === undefined || before.drawings[id] === digest ? [] : [`#${id}: the figure changes`],
  )
}

/** Names a place of a table for people: `row 3, Accuracy`. */
export function nameOf(place: string, id: string, { columns }: Pick<Numbers, 'columns'>): string {
  const [, row, key] = /^\[(\d+)\]\.(.*)$/s.exec(place) ?? []
  if (row === undefined) return place
  const title = columns.get(id)?.find((column) => column.key === key)?.title || key
  return `row ${Number(row) + 1}, ${title}`
}

function countsOf(before: Locked, after: Locked): string[] {
  const accepted = matchAccepted(after.shown, before.shown)
  const found = new Set(accepted.values())
  const [added, gone] = [
    after.shown.filter((one) => !accepted.has(one)),
    before.shown.filter((one) => !found.has(one)),
  ]
  return [...countsIn('new', added, after, before), ...countsIn('gone', gone, before, after)]
}

function countsIn(verb: string, shown: Locked['shown'], here: Locked, other: Locked): string[] {
  const ofKind = (kind: 'value' | 'claim') => shown.filter((one) => one.kind === kind).length
  const without = (name: 'tables' | 'drawings') =>
    Object.keys(here[name]).filter((id) => !Object.hasOwn(other[name], id)).length
  const counts = {
    value: ofKind('value'),
    claim: ofKind('claim'),
    table: without('tables'),
    figure: without('drawings'),
  }
  const some = Object.entries(counts).filter(([, count]) => count > 0)
  return some.length > 0 ? [`${verb}: ${some.map(([noun, count]) => plural(count, noun)).join(', ')}`] : []
}

/** Describes the first place where two JSON values differ: `deep.mean 0.5` and `deep.mean 0.25`. */
export function differenceWords(before: Json, now: Json, path = ''): [string, string] | undefined {
  const first = firstDifference(before, now, path)
  return first && [leafText(first.path, first.before), leafText(first.path, first.now)]
}

function leafText(path: string, value: Json | undefined): string {
  return `${path} ${JSON.stringify(value ?? null)}`.trim()
}
