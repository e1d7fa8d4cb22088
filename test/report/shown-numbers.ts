import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readLock } from '../../src/render/model/lock.ts'
import type { ProvenanceRecord } from '../../src/render/provenance/schema.ts'
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
  const locked = readLock(join(folder, 'report-src/report.lock.json')).profiles[profile]
  if (!locked) throw new Error(`Expected accepted results of the profile ${profile}, found none`)
  const measured = measuredNames(folder, profile)
  return locked.shown.map((shown) => withoutMeasured(shown, measured))
}

/** Lists the same of the last build of a report, from its dist/provenance.json. */
export function builtNumbers(folder: string, profile: string): ShownNumbers[] {
  const { numbers } = JSON.parse(readFileSync(join(folder, 'dist/provenance.json'), 'utf8')) as Pick<
    ProvenanceRecord,
    'numbers'
  >
  const measured = measuredNames(folder, profile)
  return numbers.flatMap((number) =>
    'expression' in number
      ? [withoutMeasured({ file: number.file, source: number.expression, read: number.read }, measured)]
      : [],
  )
}

function measuredNames(folder: string, profile: string): ReadonlySet<string> {
  const { files } = readReport(join(folder, 'report-src/report.md'), profile)
  return new Set(
    files.flatMap((file) => [...String(file).matchAll(/\bmeasured:\s*([\w$]+)/g)].map(([, name]) => name!)),
  )
}

function withoutMeasured({ file, source, read }: ShownNumbers, measured: ReadonlySet<string>): ShownNumbers {
  const kept = Object.entries(read).filter(
    ([path]) => !measured.has(/^[\w$]+/.exec(path)![0]) && !/\bmeasured|Time\b/.test(path),
  )
  return { file, source, read: Object.fromEntries(kept) }
}
