import { join } from 'node:path'
import type { LockedProfile } from '../../src/render/model/lock.ts'
import { readLock } from '../../src/render/model/lock.ts'
import { readReport } from '../../src/render/syntax/read-report.ts'

/** A value or claim of a report: its place, and every number that it depends on, by path. */
export interface ShownNumbers {
  readonly file: string
  readonly source: string
  readonly read: Readonly<Record<string, unknown>>
}

/**
 * Lists what an accepted report, at report-src/report.md in a folder, shows, without measured numbers (times, memory), which differ between runs. Measured
 * are exports that a cell takes as `measured: name`, members of that name, and exports with names such as
 * `measuredTimes` or `budgetTime`.
 */
export function shownNumbers(folder: string, profile: string): ShownNumbers[] {
  const report = readReport(join(folder, 'report-src/report.md'), profile)
  const measured = report.files.flatMap((file) =>
    [...String(file).matchAll(/\bmeasured:\s*([\w$]+)/g)].map(([, name]) => name!),
  )
  const locked = readLock(join(folder, 'report-src/report.lock.json')).profiles[profile]
  if (!locked) throw new Error(`Expected accepted results of the profile ${profile}, found none`)
  return locked.shown.map((shown) => withoutMeasured(shown, new Set(measured)))
}

function withoutMeasured(
  { file, source, read }: LockedProfile['shown'][number],
  measured: ReadonlySet<string>,
): ShownNumbers {
  const kept = Object.entries(read).filter(
    ([path]) => !measured.has(/^[\w$]+/.exec(path)![0]) && !/\bmeasured|Time\b/.test(path),
  )
  return { file, source, read: Object.fromEntries(kept) }
}
