import { diffArrays } from 'diff'
import type { Region } from '../page/page-parts.ts'
import type { Layout } from './layout.ts'
import type { Hunk, NewRegion, Patch, RegionPlace } from './protocol.ts'

/** Finds the region with a line of a file, or the last one before it; of several with that line the last. */
export function regionOfLine({ runs }: Layout, file: string, line: number): RegionPlace | undefined {
  let found: RegionPlace | undefined
  for (const [run, regions] of runs.entries())
    for (const [index, { source }] of regions.entries())
      if (source?.file === file && source.line <= line) found = { run, index }
  return found
}

/**
 * Says how one page becomes another; undefined if only loading it again does: its frame or the number of its runs
 * changed, or a region's markup leaves an element open, as an author's own may.
 */
export function makePatch(
  before: Layout,
  after: Layout,
  versions: Pick<Patch, 'from' | 'to'>,
): Patch | undefined {
  if (!sameFrame(before, after)) return undefined
  const pieces = changedPieces(before.pieces, after.pieces)
  const figures = Object.keys(pieces).flatMap((id) =>
    id.startsWith('spec:') ? [id.slice('spec:'.length)] : [],
  )
  const runs = after.runs.flatMap((regions, run) => {
    const hunks = hunksOf(before.runs[run]!, regions, figures)
    return hunks.length > 0 ? [{ run, hunks }] : []
  })
  const touched = runs.flatMap(({ run, hunks }) =>
    hunks.flatMap(({ at, removed, added }) => [...before.runs[run]!.slice(at, at + removed), ...added]),
  )
  if (!touched.every(({ html }) => isBalanced(html))) return undefined
  return { ...versions, runs, pieces, programs: after.programs }
}

function sameFrame(before: Layout, after: Layout): boolean {
  return (
    before.runs.length === after.runs.length &&
    before.frame.length === after.frame.length &&
    before.frame.every((text, index) => text === after.frame[index])
  )
}

function changedPieces(before: Layout['pieces'], after: Layout['pieces']): Patch['pieces'] {
  const changed = [...after].filter(([id, text]) => before.get(id) !== text)
  // A draft may have no cards: those of the page stay.
  const gone = [...before.keys()]
    .filter((id) => id.startsWith('spec:') && !after.has(id))
    .map((id) => [id, ''])
  return Object.fromEntries([...changed, ...gone])
}

// A figure whose data changed is drawn anew, even if its drawing is the same.
function hunksOf(before: readonly Region[], after: readonly Region[], figures: readonly string[]): Hunk[] {
  const isStale = (html: string) => figures.some((id) => html.includes(` id="${id}"`))
  const old = before.map(({ html }) => html)
  const next = after.map(({ html }) => (isStale(html) ? `${html}${stale}` : html))
  let start = 0
  const shorter = Math.min(old.length, next.length)
  while (start < shorter && old[start] === next[start]) start++
  let end = 0
  while (end < shorter - start && old.at(-1 - end) === next.at(-1 - end)) end++
  const [oldRest, nextRest] = [old.slice(start, old.length - end), next.slice(start, next.length - end)]
  if (oldRest.length === 0 && nextRest.length === 0) return []
  return changesOf(oldRest, nextRest, start).map((hunk) => ({
    ...hunk,
    added: hunk.added.map((region) => ({ ...region, html: region.html.replace(stale, '') })),
  }))
}

// HTML has no such character.
const stale = '\u0000'

function changesOf(old: readonly string[], next: readonly string[], start: number): Hunk[] {
  const hunks: Hunk[] = []
  let at = start
  let pending: { removed: string[]; added: string[] } = { removed: [], added: [] }
  const flush = () => {
    const { removed, added } = pending
    if (removed.length + added.length > 0)
      hunks.push({ at, removed: removed.length, added: paired(removed, added, at) })
    at += removed.length
    pending = { removed: [], added: [] }
  }
  for (const { added, removed, value } of diffArrays([...old], [...next])) {
    if (added) pending.added.push(...value)
    else if (removed) pending.removed.push(...value)
    else {
      flush()
      at += value.length
    }
  }
  flush()
  return hunks
}

/** Finds for each new region the old one that it most likely was, in order: by its first id, or else by its element. */
function paired(removed: readonly string[], added: readonly string[], at: number): NewRegion[] {
  if (removed.length === added.length) return added.map((html, index) => ({ html, from: at + index }))
  const pairs = new Map<number, number>()
  let [old, next] = [0, 0]
  for (const { added: isNew, removed: isOld, count } of diffArrays(removed.map(keyOf), added.map(keyOf))) {
    if (!isNew && !isOld)
      for (let index = 0; index < count; index++) pairs.set(next + index, at + old + index)
    if (!isNew) old += count
    if (!isOld) next += count
  }
  return added.map((html, index) => {
    const from = pairs.get(index)
    return from === undefined ? { html } : { html, from }
  })
}

function keyOf(html: string): string {
  const [, tag = '', attributes = ''] = /<([a-z][\w-]*)([^>]*)/i.exec(html) ?? []
  return `${tag} ${/\sid="([^"]*)"/.exec(attributes)?.[1] ?? ''}`
}

const voidElements = new Set('area br col embed hr img input link meta source track wbr'.split(' '))

/** Says whether markup closes what it opens, so that it can be read by itself. */
export function isBalanced(html: string): boolean {
  const open = new Map<string, number>()
  for (const [tag, slash, name] of html.matchAll(/<(\/?)([a-z][\w-]*)(?:"[^"]*"|[^>"])*>/gi)) {
    const element = name!.toLowerCase()
    if (voidElements.has(element) || tag.endsWith('/>')) continue
    const count = (open.get(element) ?? 0) + (slash === '/' ? -1 : 1)
    if (count < 0) return false
    open.set(element, count)
  }
  return [...open.values()].every((count) => count === 0)
}
