import { Unreadable } from '../render/model/messages.ts'
import { messageOf } from '../render/model/optional-packages.ts'
import { readArguments } from './arguments.ts'
import { type Console, type Output, openConsole } from './console.ts'

// A command loads only what it needs.
const commands = {
  build: async () => (await import('./build.ts')).runBuild,
  preview: async () => (await import('./preview.ts')).runPreview,
  accept: async () => (await import('./accept.ts')).runAccept,
  check: async () => (await import('./check.ts')).runCheck,
  diff: async () => (await import('./diff.ts')).runDiff,
  why: async () => (await import('./why.ts')).runWhy,
  types: async () => (await import('./types.ts')).runTypes,
  jobs: async () => (await import('./jobs.ts')).runJobs,
  gc: async () => (await import('./gc.ts')).runGc,
  submission: async () => (await import('./submission.ts')).runSubmission,
  notebook: async () => (await import('./notebook.ts')).runNotebook,
}

/** Runs `weft` and gives the exit status: 0 no error, 1 error, 130 stopped. */
export async function runWeft(argv: readonly string[], output: Output = process): Promise<number> {
  try {
    // pnpm passes a leading `--` on.
    const args = argv[0] === '--' ? argv.slice(1) : argv
    // Load the code that makes data files only when it is needed.
    if (args[0] === 'data') return await (await import('./data.ts')).runData(args.slice(1), output)
    if (args[0] === 'import') return await (await import('./import.ts')).runImport(args.slice(1), output)
    if (args[0] === 'init') return (await import('./init.ts')).runInit(args.slice(1), output)
    if (args[0] === 'add')
      return await (await import('./add.ts')).runAdd(args.slice(1), output, process.cwd())
    if (args[0] === 'engine')
      return await (await import('./engine.ts')).runEngine(args.slice(1), output, process.cwd())
    if (args[0] === 'doctor')
      return await (await import('./doctor.ts')).runDoctor(args.slice(1), output, process.cwd())
    if (args[0] === 'job') {
      const { runJob } = await import('./job.ts')
      return await untilStopped(output, (...given) => runJob(args.slice(1), ...given))
    }
    const read = readArguments(args)
    if (typeof read === 'string') {
      output.stdout.write(read)
      return 0
    }
    return await untilStopped(output, async (...given) => (await commands[read.command]())(read, ...given))
  } catch (error) {
    output.stderr.write(`weft: ${messageOf(error)}\n`)
    return 1
  }
}

type Command = (console: Console, signal: AbortSignal) => Promise<number>

async function untilStopped({ stdout, stderr }: Output, run: Command): Promise<number> {
  const stop = new AbortController()
  const console = openConsole(stderr, stdout)
  const onSignal = () => stop.abort(new Error('stopped'))
  // Stays until the build ends: while it is there, the browser's own handler does not end the process.
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal)
  try {
    return await run(console, stop.signal)
  } catch (error) {
    console.stop()
    if (stop.signal.aborted) {
      stderr.write('Stopped: every finished result is kept, and the next build goes on from there.\n')
      return 130
    }
    if (!(error instanceof Unreadable)) throw error
    console.messages(error.files)
    return 1
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
  }
}
