import { build } from '../render/pipeline/build.ts'
import type { Arguments } from './arguments.ts'
import type { Console } from './console.ts'
import { openReport } from './open-report.ts'

/** Builds a report and gives the exit status: 1 if the report has an error. */
export async function runBuild(
  { report, build: settings }: Arguments,
  console: Console,
  signal: AbortSignal,
): Promise<number> {
  const session = openReport(report, {
    signal,
    listener: console.listener,
    isFresh: settings.rerun,
  })
  try {
    const built = await build(session, settings)
    console.report(built)
    return built.isOk ? 0 : 1
  } finally {
    await session.close()
  }
}
