import { relative } from 'node:path'
import { megabytes } from '../render/cache/provenance.ts'
import { runningIn } from '../render/cache/running.ts'
import { pathsOf } from '../render/model/paths.ts'
import { plural } from '../render/output/format.ts'
import { type Found, findGarbage } from '../render/results/gc/find-garbage.ts'
import { type Garbage, type GarbageKind, garbageKinds } from '../render/results/gc/garbage.ts'
import { type Removed, removeGarbage } from '../render/results/gc/remove-garbage.ts'
import type { Arguments } from './arguments.ts'
import type { Console } from './console.ts'
import { findUserGarbage } from './gc/user-garbage.ts'
import { reportPath } from './open-report.ts'

/**
 * Lists what nothing uses among stored results and caches, and removes it if asked to. Gives the exit status: 1 if
 * something could not be removed.
 */
export async function runGc({ report, gc }: Arguments, console: Console): Promise<number> {
  const { isRemoving, isJson, days } = gc
  const paths = pathsOf(reportPath(report.path), report.out)
  const found = findGarbage(paths, days)
  const garbage = [...found.garbage, ...(await findUserGarbage(report.env, days))]
  const removed = isRemoving
    ? removeGarbage(garbage, () => runningIn(paths.cache, Date.now()).running.length > 0)
    : { gone: [], failed: [] }
  if (isJson) console.answer(jsonOf(garbage, found, removed, gc))
  else console.answer(textOf(isRemoving ? removed.gone : garbage, found, gc))
  for (const { path, reason } of removed.failed) console.note(`Cannot remove ${nameOf(path)}, ${reason}`)
  return removed.failed.length > 0 ? 1 : 0
}

type Options = Arguments['gc']

function jsonOf(
  garbage: readonly Garbage[],
  found: Found,
  { gone, failed }: Removed,
  { days }: Options,
): string {
  const isGone = new Set(gone)
  const files = garbage.map((one) => ({
    ...one,
    usedAt: new Date(one.usedAt).toISOString(),
    removed: isGone.has(one),
  }))
  const bytes = garbage.reduce((sum, one) => sum + one.bytes, 0)
  const { kept, running } = found
  return `${JSON.stringify({ days, bytes, files, failed, kept, running }, null, 2)}\n`
}

function textOf(
  garbage: readonly Garbage[],
  { kept, running }: Found,
  { isRemoving, days }: Options,
): string {
  const kinds = Object.keys(garbageKinds) as GarbageKind[]
  const rows = kinds.flatMap((kind) =>
    rowOf(
      kind,
      garbage.filter((one) => one.kind === kind),
    ),
  )
  const all = kept.locked + kept.lastBuilds + kept.recent
  const reasons = `${kept.locked} named by a lock, ${kept.lastBuilds} by a last build, ${kept.recent} used within ${plural(days, 'day')}`
  return [
    ...rows,
    `  kept       ${plural(all, 'result')}: ${reasons}`,
    ...running.map(
      ({ pid, host, startedAt }) =>
        `  running    a build since ${startedAt} (process ${pid} on ${host}): its results and code stay until it has ended`,
    ),
    `  ${isRemoving ? 'removed   ' : 'unused    '} ${totalOf(garbage)}${isRemoving || garbage.length === 0 ? '' : ': `weft gc --remove` removes them'}`,
    '',
  ].join('\n')
}

function rowOf(kind: GarbageKind, garbage: readonly Garbage[]): string[] {
  return garbage.length === 0 ? [] : [`  ${kind.padEnd(9)}  ${totalOf(garbage)}: ${garbageKinds[kind]}`]
}

function totalOf(garbage: readonly Garbage[]): string {
  const bytes = garbage.reduce((sum, one) => sum + one.bytes, 0)
  return `${plural(garbage.length, 'file')}, ${megabytes(bytes)}`
}

function nameOf(path: string): string {
  const name = relative(process.cwd(), path)
  return name.startsWith('..') ? path : name
}
