import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Report } from '../model/types.ts'

interface DayOptions {
  /** Its SOURCE_DATE_EPOCH goes before the clock and the files. */
  readonly env: NodeJS.ProcessEnv
  readonly mayAskGit: boolean
}

const known = new WeakMap<Report, string | undefined>()

/**
 * Gives the day of a report (ISO 8601): the one that its front matter names, today, or that of its last change. Builds of
 * `today` have equal bytes on two days, and those of `last-modified` in two folders, only with SOURCE_DATE_EPOCH.
 */
export function dayOfReport(report: Report, { env, mayAskGit }: DayOptions): string | undefined {
  const { date } = report.front
  if (date !== 'today' && date !== 'last-modified') return date
  const epoch = env.SOURCE_DATE_EPOCH
  if (epoch !== undefined && /^\d+$/.test(epoch))
    return new Date(Number(epoch) * 1000).toISOString().slice(0, 10)
  if (date === 'today') return localDay(new Date())
  if (!known.has(report)) known.set(report, lastChange(report, mayAskGit))
  return known.get(report)
}

function lastChange(report: Report, mayAskGit: boolean): string | undefined {
  const { front, root, folder } = report
  const beside = [...(front.bibliography ?? []), ...(front.css ?? []), ...(front.csl ? [front.csl] : [])]
  const files = [
    ...report.files.map(({ path }) => resolve(root, path)),
    ...beside.map((name) => join(folder, name)),
  ]
  return (mayAskGit ? lastCommit(folder, files) : undefined) ?? newest(files)
}

// The day of the last commit that changed one of the files, if none has changed since.
function lastCommit(folder: string, files: readonly string[]): string | undefined {
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', folder, ...args, '--', ...files], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  try {
    if (git('status', '--porcelain') !== '') return undefined
    return git('log', '-1', '--format=%cs') || undefined
  } catch {
    return undefined
  }
}

function newest(files: readonly string[]): string | undefined {
  const times = files.flatMap((path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? [])
  return times.length === 0 ? undefined : localDay(new Date(Math.max(...times)))
}

function localDay(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
