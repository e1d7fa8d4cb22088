import { randomInt } from 'node:crypto'
import { join, relative } from 'node:path'
import { kinds } from '../render/assemble/registers/kinds.ts'
import { bundleReport } from '../render/bundle/bundle-report.ts'
import { openResultStore } from '../render/cache/result-store.ts'
import type { AcceptedResults } from '../render/check/accepted-results.ts'
import { readAccepted } from '../render/check/accepted-results.ts'
import type { Dependencies } from '../render/check/dependencies.ts'
import { dependenciesOf } from '../render/check/dependencies.ts'
import { findOutcome } from '../render/check/find-outcome.ts'
import type { Outcome } from '../render/check/outcome.ts'
import type { Scope } from '../render/check/plan.ts'
import { reusable, scopeOf } from '../render/check/plan.ts'
import { printGithub } from '../render/check/print-github.ts'
import { printJson } from '../render/check/print-json.ts'
import { printTable } from '../render/check/print-table.ts'
import { rerun } from '../render/check/rerun.ts'
import type { LockedProfile } from '../render/model/lock.ts'
import { profileOf, readLock } from '../render/model/lock.ts'
import { orList } from '../render/model/nearest.ts'
import type { Paths } from '../render/model/paths.ts'
import { pathsOf } from '../render/model/paths.ts'
import type { Digest } from '../render/model/types.ts'
import type { BuildEvents } from '../render/pipeline/ran-cells.ts'
import { buildReport } from '../render/pipeline/report.ts'
import { parse } from '../render/syntax/parse.ts'
import { readReport } from '../render/syntax/read-report.ts'
import type { Call } from './call.ts'
import type { Console } from './console.ts'

/**
 * Computes a report again and compares every number that it shows with the accepted one; gives the exit status, 1
 * where anything differs. Results go to the usual cache, and none is read from there.
 */
export async function runCheck(
  { build, check }: Call,
  console: Console,
  signal: AbortSignal,
): Promise<number> {
  const startedAt = performance.now()
  for (const name of ['cached', 'untrusted'] as const)
    if (build[name]) throw new Error(`Unexpected --${name} with \`check\`, which computes again`)
  const seed = check.seed ?? randomInt(2 ** 31)
  // 1. What was accepted, and what of it is to be computed again.
  const known = await readKnown(build.path, build.profile, check)
  const { paths, profile, locked, accepted, dependencies, scope } = known
  if (check.seed === undefined) process.stderr.write(`  seed ${seed}\n`)

  // 2. Again, with nothing to reuse but what is out of scope.
  const ranJobs = new Set<Digest>()
  const out = build.out ?? join(paths.dist, 'check')
  const { write } = openResultStore({ layers: [], writeTo: join(paths.cache, 'freeze'), onDamaged() {} })
  const read = reusable(scope, { locked, accepted, dependencies, seed })
  const built = await buildReport(
    {
      ...build,
      profile,
      out,
      signal,
      rerun: true,
      prove: true,
      orderSeed: seed,
      reuse: () => ({ read, write }),
    },
    noting(console.events, ranJobs),
  )
  console.stop()
  console.messages(built.files)

  // 3. Number by number.
  const { tree, results, files } = built
  const options = { path: build.path, profile, env: build.env, heapMb: build.heapMb, signal }
  const runFolder = join(built.paths.cache, 'run')
  const found = await findOutcome(
    { locked, accepted, dependencies, scope, seed, tree, results, ranJobs, files },
    (given) => rerun({ ...options, runFolder }, given),
  )
  signal.throwIfAborted()
  const elapsedMs = Math.round(performance.now() - startedAt)
  const outcome: Outcome = {
    report: relative(process.cwd(), paths.source),
    profile,
    seed,
    ...found,
    summary: { ...found.summary, elapsedMs },
  }
  const print = { table: printTable, json: printJson, github: printGithub }[check.format]
  process.stdout.write(print(outcome))
  return outcome.summary.isWell ? 0 : 1
}

interface Known {
  readonly paths: Paths
  readonly profile: string
  readonly locked: LockedProfile
  readonly accepted: AcceptedResults
  readonly dependencies: Dependencies
  readonly scope: Scope
}

async function readKnown(path: string, name: string | undefined, asked: Call['check']): Promise<Known> {
  const paths = pathsOf(path)
  const tree = parse(readReport(path, name), kinds)
  const { profile } = tree.report
  const lock = readLock(paths.lock)
  const locked = profileOf(lock, profile)
  if (!locked) {
    const option = name === undefined ? '' : ` --profile ${name}`
    const others = Object.keys(lock.profiles)
    const there = others.length > 0 ? `, accepted is ${orList(others)}` : ''
    throw new Error(
      `Cannot check the profile \`${profile}\`, it has no accepted numbers${there}: run \`weft accept${option}\``,
    )
  }
  const scope = scopeOf(asked, locked, tree)
  const accepted = readAccepted(paths.freeze, locked)
  return {
    paths,
    profile,
    locked,
    accepted,
    dependencies: dependenciesOf(tree, await bundleReport(tree)),
    scope,
  }
}

// Which jobs ran, and not what was reused.
function noting(events: BuildEvents, ranJobs: Set<Digest>): BuildEvents {
  return {
    ...events,
    startedJob(name, key) {
      ranJobs.add(key)
      events.startedJob(name, key)
    },
  }
}
