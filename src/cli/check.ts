import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { openResults } from '../render/cache/store.ts'
import { type AcceptedResults, readAccepted } from '../render/check/accepted-results.ts'
import { addResults } from '../render/check/add-results.ts'
import { type Dependencies, dependenciesOf } from '../render/check/dependencies.ts'
import { findOutcome } from '../render/check/find-outcome.ts'
import { type Outcome, printJson } from '../render/check/outcome.ts'
import { printGithub, printTable } from '../render/check/outcome-text.ts'
import { reusable, type Scope, scopeOf } from '../render/check/plan.ts'
import { rerun } from '../render/check/rerun.ts'
import type { Listener } from '../render/execute/events.ts'
import { type LockedProfile, profileOf, readLock } from '../render/model/lock.ts'
import { orList } from '../render/model/nearest.ts'
import { type Paths, pathFrom, pathsOf } from '../render/model/paths.ts'
import type { Digest } from '../render/model/types.ts'
import { build } from '../render/pipeline/build.ts'
import type { Session } from '../render/pipeline/session.ts'
import type { Program } from '../render/pipeline/stages.ts'
import type { Arguments } from './arguments.ts'
import type { Console } from './console.ts'
import { openReport } from './open-report.ts'

/**
 * Computes a report again and compares every number that it shows with the accepted one. Gives the exit status: 1 if
 * anything differs. It adds results to the usual cache, but uses none of it.
 */
export async function runCheck(given: Arguments, console: Console, signal: AbortSignal): Promise<number> {
  if (!given.build.mayRun) throw new Error('Unexpected --cached with `check`, which computes again')
  const { path, out } = given.report
  const paths = pathsOf(path)
  const ranJobs = new Set<Digest>()
  const listener: Listener = (event) => {
    if (event.type === 'job-started') ranJobs.add(event.key)
    console.listener(event)
  }
  const session = openReport(
    { ...given.report, out: out ?? join(paths.dist, 'check') },
    { signal, listener, isFresh: true },
  )
  try {
    return await checkReport(given, { session, console, ranJobs, paths })
  } finally {
    await session.close()
  }
}

interface Tools {
  readonly session: Session
  readonly console: Console
  /** Filled while jobs run; it has no reused jobs. */
  readonly ranJobs: ReadonlySet<Digest>
  /** Paths of the accepted report. */
  readonly paths: Paths
}

async function checkReport(
  { report: { profile }, build: settings, check }: Arguments,
  { session, console, ranJobs, paths }: Tools,
): Promise<number> {
  const startedAt = performance.now()
  const seed = check.seed ?? randomInt(2 ** 31)
  // 1. Find what was accepted, and what to compute again.
  const program = await session.bundle(session.read())
  const known = readKnown(program, { paths, profile, check })
  if (check.seed === undefined) process.stderr.write(`  seed ${seed}\n`)

  // 2. Compute again; reuse only what is out of scope.
  const own = join(paths.cache, 'freeze')
  const store = openResults(program.source.tree.report, process.env, {
    layers: [own],
    writeTo: own,
    onDamaged() {},
  })
  const write = addResults(store)
  const read = reusable(known.scope, { ...known, seed })
  const isAccepted = () => false
  const built = await build(
    session,
    { ...settings, rerun: true, isProved: true, orderSeed: seed, reuse: () => ({ read, write }), isAccepted },
    program,
  )
  console.stop()
  console.messages(built.files)

  // 3. Compare number by number.
  const { tree, results, files } = built
  const found = await findOutcome({ ...known, seed, tree, results, ranJobs, files }, (inputs) =>
    rerun(session, program, inputs),
  )
  session.options.signal?.throwIfAborted()
  const elapsedMs = Math.round(performance.now() - startedAt)
  const outcome: Outcome = {
    report: pathFrom(process.cwd(), paths.source),
    profile: built.profile,
    seed,
    ...found,
    summary: { ...found.summary, elapsedMs },
  }
  const print = { table: printTable, json: printJson, github: printGithub }[check.format]
  console.answer(print(outcome))
  return outcome.summary.isWell ? 0 : 1
}

interface Known {
  readonly locked: LockedProfile
  readonly accepted: AcceptedResults
  readonly dependencies: Dependencies
  readonly scope: Scope
}

interface Asked {
  readonly paths: Paths
  readonly profile: string | undefined
  readonly check: Arguments['check']
}

function readKnown(program: Program, { paths, profile: name, check }: Asked): Known {
  const { tree } = program.source
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
  return {
    locked,
    accepted: readAccepted(paths.freeze, locked),
    dependencies: dependenciesOf(tree, program),
    scope: scopeOf(check, locked, tree),
  }
}
