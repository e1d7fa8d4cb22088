import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { orList, suggestion } from '../render/model/nearest.ts'
import type { BuildSettings } from '../render/pipeline/build.ts'
import { executorOptions } from './executor-options.ts'
import { help } from './help.ts'
import { commandTable, optionTable } from './option-table.ts'
import { readOptions, wholeNumber } from './read-options.ts'

type Values = ReturnType<typeof readOptions<typeof optionTable>>['values']

const commands = [
  ...(['build', 'preview', 'accept', 'check', 'diff', 'why', 'types'] as const),
  ...(['jobs', 'gc', 'notebook', 'submission'] as const),
] as const
type Command = (typeof commands)[number]
const allCommands = Object.keys(commandTable)

/** The reports of a command that names none: the first one that is there. */
export const defaultReports = ['report-src/report.md', 'report.md'] as const

/** Which report to open, and whether to trust it. */
export interface ReportOptions {
  /** Path of report.md. */
  readonly path: string
  readonly profile?: string
  /** Folder to write to instead of `dist`. */
  readonly out?: string
  /** Runs no code of the report, and lets it reach no file outside its folder. */
  readonly isUntrusted: boolean
  readonly env: NodeJS.ProcessEnv
}

/** A command of `weft` and its options. */
export interface Arguments {
  readonly command: Command
  readonly report: ReportOptions
  readonly build: Pick<
    BuildSettings,
    'mayRun' | 'rerun' | 'isProved' | 'isStrict' | 'jobs' | 'threads' | 'slurm'
  >
  readonly check: CheckOptions
  readonly diff: DiffOptions
  readonly preview: PreviewOptions
  readonly jobs: JobsOptions
  readonly gc: GcOptions
  /** `accept` writes the numbers into the lock, but stores no results. */
  readonly isLockOnly: boolean
  /** The label that `why` explains. */
  readonly label?: string
  /** `submission` leaves out the names of the authors. */
  readonly isAnonymous: boolean
  /** The chapters of the notebook. */
  readonly chapters?: readonly string[]
}

/** Options of `weft check`. */
interface CheckOptions {
  /** Labels to compute again, with the cells that they need. Default: all. */
  readonly only?: readonly string[]
  /** How many jobs to compute again. Default: all. */
  readonly sample?: number
  /** Seed of the order of the jobs and of the sample. */
  readonly seed?: number
  readonly format: 'table' | 'json' | 'github'
}

/** Options of `weft diff`. */
interface DiffOptions {
  /** The version to compare with: a revision, `A..B`, or the path of a zip or a folder. */
  readonly version: string
  readonly isJson: boolean
  /** The page to write. */
  readonly html?: string
}

/** Options of `weft jobs`. */
interface JobsOptions {
  /** Lists only the jobs without a result. */
  readonly isMissing: boolean
  readonly isJson: boolean
}

/** Options of `weft gc`. */
interface GcOptions {
  /** Removes what it lists. */
  readonly isRemoving: boolean
  readonly isJson: boolean
  /** What was used within so many days stays. */
  readonly days: number
}

/** Options of `weft preview`. */
interface PreviewOptions {
  readonly host?: string
  readonly port?: number
  /** Runs jobs at once, however long they take. */
  readonly runsAll: boolean
  /** Opens the page in the browser. */
  readonly opens: boolean
}

/**
 * Reads the command line after `weft`. Gives the text to show if it contains `--help` or `--version`. Throws an Error
 * that says what is wrong.
 */
export function readArguments(args: readonly string[]): string | Arguments {
  const { values, positionals } = readOptions(args, optionTable)
  if (values.help) return help
  if (values.version) return `${__WEFT_VERSION__}\n`
  refuseFlagsOfNpm(values)
  const isCommand = (commands as readonly string[]).includes(positionals[0] ?? '')
  const command = isCommand ? (positionals[0] as Command) : 'build'
  const words = isCommand ? positionals.slice(1) : positionals
  const reports = words.filter(isReport)
  const labels = words.filter((word) => !isReport(word))
  if (reports.length > 1) throw new Error(`Unexpected ${reports.slice(1).join(' ')}, expected one report`)
  assertLabels(command, labels, values.only !== undefined)
  const report = reportOptions(command, reports[0] ?? reportHere(), values)
  assertOwn(command, values)
  const seed = wholeOf('--seed', values.seed, 0)
  const check = {
    only: values.only && [...values.only.flatMap((list) => list.split(',')), ...labels].map(withoutHash),
    sample: wholeOf('--sample', values.sample),
    seed,
    format: values.json ? 'json' : values.github ? 'github' : 'table',
  } as const
  return {
    command,
    report,
    build: { ...buildSettings(values), ...executorOptions(values, isFresh(command, values)) },
    check,
    diff: { version: labels[0] ?? 'HEAD', isJson: values.json ?? false, html: values.html },
    preview: previewOptions(values),
    jobs: { isMissing: values.missing ?? flagOfNpm('missing'), isJson: values.json ?? false },
    gc: {
      isRemoving: values.remove ?? false,
      isJson: values.json ?? false,
      days: wholeOf('--days', values.days, 0) ?? 30,
    },
    isLockOnly: values['lock-only'] ?? false,
    isAnonymous: values.anonymous ?? (command === 'submission' && flagOfNpm('anonymous')),
    ...(values.chapters && { chapters: values.chapters.flatMap((list) => list.split(',')) }),
    ...(command === 'why' ? { label: withoutHash(labels[0]!) } : {}),
  }
}

/** Says whether a word of the command line names a report. */
export function isReport(word: string): boolean {
  return /\.(md|markdown)$/i.test(word)
}

/** Gives the report of a command that names none. */
export function reportHere(): string {
  return defaultReports.find((path) => existsSync(path)) ?? defaultReports[0]
}

function withoutHash(label: string): string {
  return label.replace(/^#/, '')
}

function assertOwn(command: Command, values: Values): void {
  for (const [name, option] of Object.entries(optionTable)) {
    const owners: readonly string[] | undefined = 'of' in option ? option.of : undefined
    if (owners === undefined || owners.includes(command) || values[name as keyof Values] === undefined)
      continue
    const others = orList(owners.map((owner) => `\`${owner}\``))
    throw new Error(`Unexpected --${name} with \`${command}\`, expected it with ${others}`)
  }
  if (values.json && values.github) throw new Error('Unexpected --json with --github, expected one of them')
}

function assertLabels(command: Command, labels: readonly string[], isOnly: boolean): void {
  if (command === 'why' && labels.length !== 1)
    throw new Error(`Unexpected ${labels.length} labels, expected \`weft why LABEL\``)
  if (command === 'diff' && labels.length > 1)
    throw new Error(
      `Unexpected ${labels.slice(1).join(' ')}, expected one version: \`weft diff A..B\` compares two`,
    )
  if (command === 'why' || command === 'diff' || isOnly || labels.length === 0) return
  throw new Error(
    `Unexpected command \`${labels[0]}\`, expected ${orList(allCommands)}, or a report.md${suggestion(labels[0]!, allCommands)}`,
  )
}

function reportOptions(command: Command, path: string, values: Values): ReportOptions {
  const isUntrusted = values.untrusted ?? flagOfNpm('untrusted')
  if (isUntrusted) assertUntrusted(command, values.rerun ?? flagOfNpm('rerun'))
  return { path, profile: values.profile, out: values.out, isUntrusted, env: taskVariables(process.env) }
}

/**
 * Gives the environment in which cells and jobs run. They run in the report's folder, so a path relative to the
 * caller's folder becomes absolute.
 */
export function taskVariables(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return env.WEFT_DATA ? { ...env, WEFT_DATA: resolve(env.WEFT_DATA) } : env
}

function previewOptions(values: Values): PreviewOptions {
  const port = values.port === undefined ? undefined : wholeNumber('--port', values.port, 1, 65_535)
  return {
    host: values.host,
    port,
    runsAll: values.run ?? flagOfNpm('run'),
    opens: !(values['no-open'] ?? false),
  }
}

function buildSettings(values: Values): Arguments['build'] {
  const cached = values.cached ?? flagOfNpm('cached')
  const rerun = values.rerun ?? flagOfNpm('rerun')
  if (cached && rerun) throw new Error('Unexpected --cached with --rerun, expected one of them')
  const jobs = wholeOf('--jobs', values.jobs ?? countOfNpm('jobs'))
  const threads =
    wholeOf('--threads', values.threads) ??
    wholeOf('WEFT_THREADS', process.env.WEFT_THREADS || undefined) ??
    1
  return {
    mayRun: !cached,
    rerun,
    isProved: values.prove ?? flagOfNpm('prove'),
    isStrict: values.strict ?? flagOfNpm('strict'),
    jobs,
    threads,
  }
}

// A check and a rerun compute again what is stored.
function isFresh(command: Command, { rerun }: Values): boolean {
  return command === 'check' || (rerun ?? flagOfNpm('rerun'))
}

// An untrusted report never runs, so it cannot be rerun, checked or accepted.
function assertUntrusted(command: Command, rerun: boolean): void {
  const other = command === 'build' || command === 'preview' ? (rerun ? '--rerun' : '') : `\`${command}\``
  if (other === '') return
  throw new Error(
    `Unexpected --untrusted with ${other}, expected it with \`build\` or \`preview\` alone: it runs nothing of the report`,
  )
}

function wholeOf(name: string, text: string | undefined, least = 1): number | undefined {
  return text === undefined ? undefined : wholeNumber(name, text, least)
}

// npm before version 12 removes the flag from `npm run report --cached` and only sets it in the environment.
function flagOfNpm(name: string): boolean {
  return process.env.npm_lifecycle_event !== undefined && process.env[`npm_config_${name}`] === 'true'
}

// `npm run report --jobs=4` puts the number into the environment, as node-gyp's setting does.
function countOfNpm(name: string): string | undefined {
  const left = process.env.npm_lifecycle_event === undefined ? undefined : process.env[`npm_config_${name}`]
  return left !== undefined && /^[1-9]\d*$/.test(left) ? left : undefined
}

// npm also takes the name of an option with a value and passes the value on as if it were the report.
function refuseFlagsOfNpm(given: Values): void {
  const taken = (
    ['profile', 'out', 'jobs', 'threads', 'only', 'sample', 'seed', 'executor', 'slurm'] as const
  ).find((name) => {
    const left = process.env[`npm_config_${name}`]
    // npm has settings of these names: node-gyp's `jobs`, which is a number or `max`, and npm's own `only`.
    const isTaken = name === 'jobs' ? left === 'true' : Boolean(left)
    return given[name] === undefined && process.env.npm_lifecycle_event && isTaken
  })
  if (taken === undefined) return
  throw new Error(
    `Cannot read --${taken}, npm took it for itself: write \`npm run ${process.env.npm_lifecycle_event} -- --${taken} ...\``,
  )
}
