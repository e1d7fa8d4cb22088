import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { openResults } from '../../cache/store.ts'
import { Unreadable } from '../../model/messages.ts'
import { pathsOf } from '../../model/paths.ts'
import type { Json, Report } from '../../model/types.ts'
import { readReport } from '../../syntax/read-report.ts'
import { addressExperiments } from './address-experiments.ts'
import { type Display, openDisplay } from './jupyter.ts'
import { setNotebookHere } from './notebook-here.ts'
import { openNotebookJobs, type ResultsFrom } from './notebook-jobs.ts'
import { openProgressLine } from './progress-line.ts'

interface OpenOptions {
  /** Which params to use; WEFT_PROFILE goes before it. */
  readonly profile: string
  /** Where `run` takes results from; `stored` by default. */
  readonly results?: ResultsFrom
}

/**
 * Prepares the cells of a notebook: gives the params of a profile, and lets `run` use results that builds have stored.
 * Cells then run in the report's folder, as in a build. Throws if the report is not found or cannot be read.
 *
 * @param path of the report, from the project's folder; the notebook lies anywhere in the project
 */
export async function openNotebook(
  path: string,
  { profile, results = 'stored' }: OpenOptions,
): Promise<{ readonly params: { readonly [name: string]: Json }; readonly profile: string }> {
  const { env } = process
  const report = read(find(path), env.WEFT_PROFILE || profile)
  const display = openDisplay()
  // Cells run in the report's folder, so a path from another one must become absolute.
  if (env.WEFT_DATA) env.WEFT_DATA = resolve(env.WEFT_DATA)
  const experiments = await addressExperiments(report.root)
  const job = openNotebookJobs({
    root: report.root,
    experimentAt: ({ module, name }) => experiments.get(`${module}#${name}`)!,
    store: storeOf(report, join(report.root, path), display),
    results,
    progress: openProgressLine(display),
    openEngine: async () => (await import('weft/engine')).openEngine(),
  })
  setNotebookHere({ root: report.root, display })
  Object.assign(globalThis, {
    __weft: { lang: report.front.lang },
    [Symbol.for('weft.host')]: { job },
  })
  process.chdir(report.folder)
  return { params: report.params, profile: report.profile }
}

function find(path: string): string {
  const start = process.cwd()
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, path))) return join(folder, path)
    if (dirname(folder) === folder)
      throw new Error(
        `Cannot find ${path} in ${start} or above it, expected the notebook to lie in the folder of its project`,
      )
  }
}

function read(path: string, profile: string): Report {
  try {
    return readReport(path, profile)
  } catch (cause) {
    if (!(cause instanceof Unreadable)) throw cause
    const reasons = cause.files.flatMap(({ messages }) => messages.map(String))
    throw new Error(`Cannot read ${path}: ${reasons.join('; ')}`, { cause })
  }
}

function storeOf(report: Report, path: string, display: Display) {
  const paths = pathsOf(path)
  const own = join(paths.cache, 'freeze')
  return openResults(report, process.env, {
    layers: [paths.freeze, own],
    writeTo: own,
    onDamaged: (file, reason) =>
      void display.show({
        'text/plain': `Cannot use the stored result ${file}, ${reason}: it is computed again`,
      }),
  })
}
