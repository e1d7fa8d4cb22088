import { basename, dirname, join } from 'node:path'
import { fileOf, keysIn, readStored } from '../../cache/result-store.ts'
import { type RunningBuild, runningIn } from '../../cache/running.ts'
import { leftFolders } from '../../execute/executors/batches.ts'
import { codeOfJob } from '../../execute/jobs/job-files.ts'
import { programName } from '../../execute/write-program.ts'
import type { Paths } from '../../model/paths.ts'
import { isTemporary } from '../../model/write-atomic.ts'
import { entriesOf, garbageAt, timeOf } from './entries.ts'
import type { Garbage, GarbageKind } from './garbage.ts'
import { usedKeys } from './used-keys.ts'

/** What may be removed of a report's caches, and what may not. */
export interface Found {
  readonly garbage: readonly Garbage[]
  /** The results that stay. */
  readonly kept: { readonly locked: number; readonly lastBuilds: number; readonly recent: number }
  /** The builds that work with the caches now; all results stay while there is one. */
  readonly running: readonly RunningBuild[]
}

export const dayMs = 86_400_000
// A file is written within seconds, but the clocks of machines that share a disk differ.
const leftoverMs = 3_600_000

/**
 * Finds what nothing uses among the stored results and caches of a report: results that no lock beside it and no last
 * build names, the code of past runs, and what builds that were ended left behind.
 *
 * @param days what was used within so many days stays
 * @throws if a lock cannot be read, since nobody knows then what it names
 */
export function findGarbage(paths: Paths, days: number): Found {
  const { cache, freeze } = paths
  const now = timeOf(cache)
  const { running, dead } = runningIn(cache, now)
  const isOld = ({ usedAt }: Garbage) => now - usedAt >= days * dayMs
  const used = usedKeys(paths, now)
  const own = join(cache, 'freeze')
  const free = [own, freeze].flatMap((folder) =>
    keysIn(folder)
      .filter((key) => !used.locked.has(key) && (folder === freeze || !used.lastBuilds.has(key)))
      .flatMap((key) => garbageAt('results', fileOf(folder, key)) ?? []),
  )
  const results = running.length > 0 ? [] : free.filter(isOld)
  const gone = new Set(results.map(({ path }) => path))
  const stays = keysIn(own).filter((key) => !gone.has(fileOf(own, key)))
  const locked = stays.filter((key) => used.locked.has(key)).length
  const lastBuilds = stays.filter((key) => !used.locked.has(key) && used.lastBuilds.has(key)).length
  const others = running.length > 0 ? [] : [...programsOf(paths, stays, used.underWay), ...cachesOf(paths)]
  return {
    garbage: [
      ...results,
      ...[...others, ...asideOf(paths)].filter(isOld),
      ...leftoversOf(paths).filter(({ usedAt }) => now - usedAt >= leftoverMs),
      ...dead.flatMap((path) => garbageAt('leftovers', path) ?? []),
    ],
    kept: { locked, lastBuilds, recent: stays.length - locked - lastBuilds },
    running,
  }
}

// `why` compares with the code of earlier results. A file of jobs is for other machines, until they have run.
function programsOf(
  { cache, freeze }: Paths,
  keys: readonly string[],
  underWay: ReadonlySet<string>,
): Garbage[] {
  const stored = [
    ...keys.map((key) => [join(cache, 'freeze'), key]),
    ...keysIn(freeze).map((key) => [freeze, key]),
  ]
  const known = new Set(
    stored.flatMap(([folder, key]) => {
      const one = readStored(fileOf(folder!, key!), key!)
      return typeof one === 'string' ? [] : [programName(one.parts.bundle!)]
    }),
  )
  const run = join(cache, 'run')
  const programs = entriesOf(run)
    .filter(({ name }) => /^[0-9a-f]{32}\.mjs(\.map)?$/.test(name) && !known.has(name.replace(/\.map$/, '')))
    .map(({ name }) => join(run, name))
  const isStored = new Set(keys)
  const needed = new Set([...underWay].filter((key) => !isStored.has(key)))
  return garbageOf('code', [...programs, ...jobsOf(join(cache, 'jobs'), needed)])
}

// A task of a cluster that begins tomorrow needs the file of each of its jobs, and their code.
function jobsOf(folder: string, needed: ReadonlySet<string>): string[] {
  const codes = new Set([...needed].map((key) => codeOfJob({ folder }, key)))
  const unused = (inFolder: string, used: ReadonlySet<string | undefined>) =>
    entriesOf(inFolder)
      .filter(({ name }) => /^[0-9a-f]{64}\.json$/.test(name) && !used.has(name.slice(0, 64)))
      .map(({ name }) => join(inFolder, name))
  return [...unused(folder, needed), ...unused(join(folder, 'code'), codes)]
}

// Their names end with that of the report, perhaps with a profile after it.
function cachesOf({ cache, source }: Paths): Garbage[] {
  const stems = entriesOf(dirname(source)).flatMap(
    ({ name }) => /^(.+)\.(md|markdown)$/i.exec(name)?.[1] ?? [],
  )
  const isKnown = (name: string) =>
    stems.some((stem) => name === stem || (/^[-.]/.test(name.slice(stem.length)) && name.startsWith(stem)))
  const inCache = entriesOf(cache).flatMap(({ name }) => {
    const rest =
      /^(?:bundles|markup|parsed|types|times|preview-page|preview-port)-(.+)\.json(?:\.running)?$/.exec(
        name,
      )?.[1]
    return rest === undefined || isKnown(rest) ? [] : [join(cache, name)]
  })
  const last = entriesOf(join(cache, 'last'))
    .filter(({ name }) => name.endsWith('.json') && !isKnown(name.slice(0, -'.json'.length)))
    .map(({ name }) => join(cache, 'last', name))
  return garbageOf('caches', [...inCache, ...last])
}

const cacheFolders = ['', 'freeze', 'run', 'last', 'running', 'jobs', 'jobs/code']

function asideOf({ cache }: Paths): Garbage[] {
  return garbageOf(
    'aside',
    cacheFolders.flatMap((folder) =>
      entriesOf(join(cache, folder))
        .filter(({ name }) => /\.aside(-\d+)?$/.test(name))
        .map(({ name }) => join(cache, folder, name)),
    ),
  )
}

function leftoversOf({ cache, dist, figures, freeze, source }: Paths): Garbage[] {
  const modules = join(cache, 'run/node_modules')
  const scopes = entriesOf(modules).filter(({ name }) => name.startsWith('@'))
  const folders = [
    ...[dist, join(dist, 'figures'), figures, freeze, dirname(source), modules],
    ...scopes.map(({ name }) => join(modules, name)),
    ...cacheFolders.map((folder) => join(cache, folder)),
  ]
  const paths = folders.flatMap((folder) =>
    entriesOf(folder)
      .filter((entry) => !entry.isDirectory() && isTemporary(basename(entry.name)))
      .map(({ name }) => join(folder, name)),
  )
  return garbageOf('leftovers', [...new Set(paths), ...leftFolders(join(cache, 'slurm'))])
}

function garbageOf(kind: GarbageKind, paths: readonly string[]): Garbage[] {
  return paths.flatMap((path) => garbageAt(kind, path) ?? [])
}
