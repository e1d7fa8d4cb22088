import { changesOf } from '../render/check/changes.ts'
import { numbersOf } from '../render/check/numbers.ts'
import { profileOf, readLock } from '../render/model/lock.ts'
import { build } from '../render/pipeline/build.ts'
import { accept } from '../render/results/accept.ts'
import { publishAlone } from '../render/results/publish-alone.ts'
import type { Arguments } from './arguments.ts'
import type { Console } from './console.ts'
import { openReport } from './open-report.ts'
import { publishing } from './supervise.ts'

/** Builds a report and publishes what it used; throws if the report has an error. */
export async function runAccept(
  { report, build: settings, isLockOnly }: Arguments,
  console: Console,
  signal: AbortSignal,
): Promise<number> {
  const session = openReport(report, { signal, listener: console.listener, isAccepting: true, isFresh: true })
  try {
    const keepsResults = !isLockOnly
    const built = await build(session, { ...settings, publishing: { keepsResults } })
    console.report(built)
    signal.throwIfAborted()
    if (!built.isOk) throw new Error('Cannot accept a report with errors, expected none')
    const { paths, profile, used, results } = built
    const before = profileOf(readLock(paths.lock), profile)
    console.changes(changesOf(before, used.locked, numbersOf(results)))
    const publish = () => {
      signal.throwIfAborted()
      process.send?.(publishing)
      return accept(paths, profile, used, profile === 'full', keepsResults)
    }
    console.accepted(await publishAlone(paths.freeze, publish), built)
    return 0
  } finally {
    await session.close()
  }
}
