import { dirname, join } from 'node:path'
import { keysIn } from '../render/cache/result-store.ts'
import { noteRunning } from '../render/cache/running.ts'
import { openResults } from '../render/cache/store.ts'
import { noListener } from '../render/execute/events.ts'
import { openEventFile } from '../render/execute/jobs/job-events.ts'
import { keysOfJobs } from '../render/execute/jobs/job-files.ts'
import { type JobEnd, runJobFiles } from '../render/execute/jobs/run-job-files.ts'
import { type Paths, pathsOf } from '../render/model/paths.ts'
import type { Digest } from '../render/model/types.ts'
import { projectRoot } from '../render/syntax/read-report.ts'
import { isReport, reportHere, taskVariables } from './arguments.ts'
import type { Console } from './console.ts'
import { reportPath } from './open-report.ts'
import { readOptions, wholeNumber } from './read-options.ts'

const options = {
  out: { type: 'string' },
  jobs: { type: 'string' },
  threads: { type: 'string' },
  events: { type: 'string' },
  results: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

/**
 * Runs jobs that `weft jobs` or a build has listed, and stores their results. Gives the exit status: 0 if all have
 * their results, 1 if one failed, 2 if one is unknown or cannot be run here and none failed.
 */
export async function runJob(
  args: readonly string[],
  console: Console,
  signal: AbortSignal,
): Promise<number> {
  const { values, positionals } = readOptions(args, options)
  if (values.help) {
    console.answer(jobHelp)
    return 0
  }
  const reports = positionals.filter(isReport)
  if (reports.length > 1) throw new Error(`Unexpected ${reports.slice(1).join(' ')}, expected one report`)
  const paths = pathsOf(reportPath(reports[0] ?? reportHere()), values.out)
  const folder = join(paths.cache, 'jobs')
  const keys = keysOf(
    positionals.filter((word) => !isReport(word)),
    { folder, results: [paths.freeze, join(paths.cache, 'freeze')] },
  )
  const root = projectRoot(dirname(paths.source))
  const env = taskVariables(process.env)
  const threads = values.threads ?? (env.WEFT_THREADS || '1')
  const endNote = noteRunning(paths.cache)
  const ends = await runJobFiles(keys, {
    root,
    folder,
    reportFolder: dirname(paths.source),
    store: openResults(
      { root, folder: dirname(paths.source) },
      env,
      storeOptions(paths, values.results, console),
    ),
    isFresh: values.results !== undefined,
    env,
    jobs: wholeNumber('--jobs', values.jobs ?? '1', 1),
    threads: wholeNumber('--threads', threads, 1),
    listener: values.events === undefined ? console.listener : noListener,
    tell: values.events === undefined ? () => {} : openEventFile(values.events),
    onEnd: (end) => console.note(lineOf(end)),
    signal,
  }).finally(endNote)
  console.stop()
  const has = (...states: readonly JobEnd['state'][]) => ends.some(({ state }) => states.includes(state))
  return has('failed') ? 1 : has('unknown', 'unusable') ? 2 : 0
}

// Whoever computes again wants no result that is there.
function storeOptions(paths: Paths, results: string | undefined, console: Console) {
  const own = results ?? join(paths.cache, 'freeze')
  return {
    layers: results === undefined ? [paths.freeze, own, join(pathsOf(paths.source).cache, 'freeze')] : [own],
    writeTo: own,
    onDamaged: (file: string, reason: string) =>
      console.note(`  Cannot use the stored result ${file}, ${reason}: it is computed again`),
  }
}

interface Places {
  readonly folder: string
  readonly results: readonly string[]
}

function keysOf(words: readonly string[], { folder, results }: Places): Digest[] {
  if (words.length === 0)
    throw new Error('Cannot run a job, expected the keys that `weft jobs --missing` lists, found none')
  const wrong = words.find((word) => !/^[0-9a-f]{8,64}$/.test(word))
  if (wrong !== undefined)
    throw new Error(
      `Unexpected key \`${wrong}\`, expected 64 digits and letters a to f as \`weft jobs --missing\` lists them, or the first 8 or more of them`,
    )
  let known: readonly Digest[] | undefined
  return words.map((word) => {
    if (word.length === 64) return word
    known ??= [...new Set([...keysOfJobs({ folder }), ...results.flatMap(keysIn)])]
    const all = known.filter((key) => key.startsWith(word))
    if (all.length < 2) return all[0] ?? word
    throw new Error(
      `Cannot choose between ${all.length} jobs whose keys begin with ${word}, expected more of the key`,
    )
  })
}

function lineOf(end: JobEnd): string {
  const key = end.key.slice(0, 12)
  if (end.state === 'unknown')
    return `  unknown  ${key}, expected a job of this report's list: write it again with \`weft jobs --missing\``
  if ('message' in end) return `  failed   ${key}  ${end.message}`
  const { label, elapsedMs } = end.stored.provenance
  const how = end.state === 'stored' ? 'its result is there already' : `${(elapsedMs / 1000).toFixed(1)} s`
  return `  ${end.state === 'stored' ? 'kept   ' : 'ran    '}  ${key}  ${label}, ${how}`
}

/** The text of `weft job --help`. */
const jobHelp = `Runs jobs of a report, here or on any machine that sees the folder of the project.

Usage
  weft jobs --missing              list the jobs that lack a result, longest first: KEY, state, time, name
  weft job KEY... [REPORT.md]      run jobs of that list, and store each result as it ends

A key may be cut to its first 8 digits. A job whose result is there already is left alone, so that it does no harm to
give a job to two machines. The next build finds the results.

Options
  --jobs N         how many run at once, each in a process (default: 1)
  --threads N      threads that each job computes with (default: WEFT_THREADS, or 1)
  --out DIR        the folder of the build, if that is not dist
  --events FILE    append what happens to this file, a line of JSON for each event, and show less
  --results DIR    take and store results only in this folder, to compute again what is stored elsewhere

Exit status: 0 every job has its result, 1 a job failed, 2 a job is unknown or cannot be run here, 130 stopped.
`
