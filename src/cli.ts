#!/usr/bin/env node
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openConsole } from './console.ts'
import { accept } from './render/accept.ts'
import { Unreadable } from './render/messages.ts'
import { orList, suggestion } from './render/nearest.ts'
import type { BuildOptions } from './report.ts'
import { buildReport } from './report.ts'

const help = `Weft builds reports whose every number is computed.

Usage
  weft [build] [REPORT.md] [options]    print the report; run only what changed
  weft accept  [REPORT.md] [options]    build, then publish the results it used
  weft data    COMMAND [options]        look into data files, pin and make them: weft data --help

REPORT.md is report-src/report.md unless it is named.

Options
  --profile NAME   params of that name in the front matter, such as quick (default: full)
  --cached         run no cell and no job; a missing result is an error
  --rerun          run every cell and job, as if nothing were frozen
  --out DIR        write there in place of dist
  --jobs N         jobs at once, each in a process (default: one a processor)
  --threads N      threads of arithmetic of each job (default: 1)
  --help           show this
  --version        show the version

Environment
  WEFT_DATA            folder with the data sets
  WEFT_ENGINE          what runs graphs: onnx or tfjs (default: onnx where it loads)
  WEFT_THREADS         what --threads is where it is not given
  CHROME_PATH          browser to print with, in place of the bundled one
  SOURCE_DATE_EPOCH    date of the PDF, in seconds; otherwise the front matter's date

Results are kept in report-src/freeze (accepted) and dist/.cache/freeze (this machine's).
Exit status: 0 all is well, 1 something is wrong in the report or the call, 130 stopped.
`

const options = {
  profile: { type: 'string' },
  cached: { type: 'boolean' },
  rerun: { type: 'boolean' },
  out: { type: 'string' },
  jobs: { type: 'string' },
  threads: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const

const commands = ['build', 'accept'] as const
type Command = (typeof commands)[number]
const allCommands = [...commands, 'data']

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
    return await runCommand(call.command, call.build)
  } catch (error) {
    process.stderr.write(`weft: ${(error as Error).message}\n`)
    return 1
  }
}

function readCall(
  args: readonly string[],
): string | { command: Command; build: Omit<BuildOptions, 'signal'> } {
  const { values, positionals } = parse(args)
  if (values.help) return help
  if (values.version) return `${__WEFT_VERSION__}\n`
  refuseFlagsOfNpm(values)
  const [first, ...rest] = positionals
  const isCommand = (commands as readonly string[]).includes(first ?? '')
  const files = isCommand ? rest : positionals
  if (files.length > 1) throw new Error(`Unexpected ${files.slice(1).join(' ')}, expected one report`)
  if (!isCommand && files[0] !== undefined && !/\.(md|markdown)$/i.test(files[0])) {
    throw new Error(
      `Unexpected command \`${files[0]}\`, expected ${orList(allCommands)}, or a report.md${suggestion(files[0], allCommands)}`,
    )
  }
  const cached = values.cached ?? flagOfNpm('cached')
  const rerun = values.rerun ?? flagOfNpm('rerun')
  if (cached && rerun) throw new Error('Unexpected --cached with --rerun, expected one of them')
  const jobs = countOf('--jobs', values.jobs ?? countOfNpm('jobs'))
  const threads =
    countOf('--threads', values.threads) ??
    countOf('WEFT_THREADS', process.env.WEFT_THREADS || undefined) ??
    1
  // Cells run in the report's folder: a path of the caller's must mean the same there.
  const data = process.env.WEFT_DATA
  const env = data ? { ...process.env, WEFT_DATA: resolve(data) } : process.env
  return {
    command: isCommand ? (first as Command) : 'build',
    build: {
      path: files[0] ?? 'report-src/report.md',
      profile: values.profile,
      cached,
      rerun,
      out: values.out,
      jobs,
      threads,
      env,
    },
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (error) {
    const message = (error as Error).message
    // Node takes `-1` for an option.
    const [, name] = /^Option '(--(?:jobs|threads))\b.*' argument is ambiguous/.exec(message) ?? []
    if (name !== undefined) countOf(name, args[args.indexOf(name) + 1])
    const unknown = /^Unknown option '(--?[^']+)'/.exec(message)?.[1]
    if (unknown === undefined) throw new Error(message.split('. ')[0])
    const names = Object.keys(options).map((name) => `--${name}`)
    throw new Error(`Unknown option ${unknown}, expected ${names.join(', ')}${suggestion(unknown, names)}`)
  }
}

function countOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const count = Number(text)
  if (/^[0-9]+$/.test(text) && count > 0 && Number.isSafeInteger(count)) return count
  throw new Error(`Unexpected ${name} \`${text}\`, expected a whole number from 1`)
}

// npm before version 12 swallows `npm run report --cached`: the flag is left in the environment alone.
function flagOfNpm(name: string): boolean {
  return process.env.npm_lifecycle_event !== undefined && process.env[`npm_config_${name}`] === 'true'
}

// `npm run report --jobs=4` leaves the number there, as node-gyp's setting does.
function countOfNpm(name: string): string | undefined {
  const left = process.env.npm_lifecycle_event === undefined ? undefined : process.env[`npm_config_${name}`]
  return left !== undefined && /^[1-9]\d*$/.test(left) ? left : undefined
}

// The same of an option with a value: npm keeps the name and leaves the value as if it were the report.
function refuseFlagsOfNpm(given: { readonly [name: string]: unknown }): void {
  const taken = ['profile', 'out', 'jobs', 'threads'].find((name) => {
    const left = process.env[`npm_config_${name}`]
    // Of this name npm has a setting too, node-gyp's: a number or `max`.
    const isTaken = name === 'jobs' ? left === 'true' : Boolean(left)
    return given[name] === undefined && process.env.npm_lifecycle_event && isTaken
  })
  if (taken === undefined) return
  throw new Error(
    `Cannot read --${taken}, npm took it for itself: write \`npm run report -- --${taken} ...\``,
  )
}

async function runCommand(command: Command, build: Omit<BuildOptions, 'signal'>): Promise<number> {
  const stop = new AbortController()
  const console = openConsole(process.stderr, process.stdout)
  const onSignal = () => stop.abort(new Error('stopped'))
  // Stays while the build ends: the browser's own handler leaves the end to us as long as it is there.
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal)
  try {
    const built = await buildReport(
      { ...build, latest: command === 'accept', signal: stop.signal },
      console.events,
    )
    console.report(built)
    if (command === 'accept') {
      stop.signal.throwIfAborted()
      if (!built.isWell) throw new Error('Cannot accept a report with errors, expected none')
      console.accepted(accept(built.paths, built.profile, built.used, built.profile === 'full'), built)
    }
    return built.isWell ? 0 : 1
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
