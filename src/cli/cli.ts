#!/usr/bin/env node
import { changesOf } from '../render/check/changes.ts'
import { numbersOf } from '../render/check/numbers.ts'
import { profileOf, readLock } from '../render/model/lock.ts'
import { Unreadable } from '../render/model/messages.ts'
import { buildReport } from '../render/pipeline/report.ts'
import { accept } from '../render/results/accept.ts'
import type { Call } from './call.ts'
import { readCall } from './call.ts'
import type { Console } from './console.ts'
import { openConsole } from './console.ts'

process.exitCode = await main(process.argv.slice(2))

async function main(argv: readonly string[]): Promise<number> {
  try {
    // pnpm passes a leading `--` on.
    const args = argv[0] === '--' ? argv.slice(1) : argv
    // What makes data files is loaded for that alone.
    if (args[0] === 'data') return await (await import('./data.ts')).runData(args.slice(1))
    const call = readCall(args)
    if (typeof call === 'string') {
      process.stdout.write(call)
      return 0
    }
    return await runCommand(call)
  } catch (error) {
    process.stderr.write(`weft: ${(error as Error).message}\n`)
    return 1
  }
}

async function runCommand(call: Call): Promise<number> {
  const stop = new AbortController()
  const console = openConsole(process.stderr, process.stdout)
  const onSignal = () => stop.abort(new Error('stopped'))
  // Stays while the build ends: the browser's own handler leaves the end to us as long as it is there.
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal)
  try {
    if (call.command === 'check')
      return await (await import('./check.ts')).runCheck(call, console, stop.signal)
    if (call.command === 'why') return await (await import('./why.ts')).runWhy(call, console)
    return await runBuild(call, console, stop.signal)
  } catch (error) {
    console.stop()
    if (stop.signal.aborted) {
      process.stderr.write('Stopped: every finished result is kept, and the next build goes on from there.\n')
      return 130
    }
    if (!(error instanceof Unreadable)) throw error
    console.messages(error.files)
    return 1
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
  }
}

async function runBuild(
  { command, build, isLockOnly }: Call,
  console: Console,
  signal: AbortSignal,
): Promise<number> {
  const built = await buildReport(
    { ...build, latest: command === 'accept', lockOnly: isLockOnly, signal },
    console.events,
  )
  console.report(built)
  if (command === 'accept') {
    signal.throwIfAborted()
    if (!built.isWell) throw new Error('Cannot accept a report with errors, expected none')
    const { paths, profile, used } = built
    const numbers = numbersOf(built.tree, built.results)
    console.changes(changesOf(profileOf(readLock(paths.lock), profile), used.locked, numbers))
    console.accepted(accept(paths, profile, used, profile === 'full', !isLockOnly), built)
  }
  return built.isWell ? 0 : 1
}
