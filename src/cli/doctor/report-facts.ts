import { existsSync } from 'node:fs'
import { kinds } from '../../render/assemble/registers/fill-register.ts'
import { fileOf } from '../../render/cache/result-store.ts'
import { acceptedKeys, readLock } from '../../render/model/lock.ts'
import { Unreadable } from '../../render/model/messages.ts'
import { pathsOf } from '../../render/model/paths.ts'
import type { Json } from '../../render/model/types.ts'
import { parse } from '../../render/syntax/parse.ts'
import { readReport } from '../../render/syntax/read-report.ts'

/** Path of the report. */
export interface ReportWish {
  readonly path: string
}

/** A report as it is read; nothing of it was run. */
export interface ReportFacts {
  readonly profiles: readonly string[]
  readonly lang: string
  /** Every text among its params, of which some name data sets. */
  readonly words: readonly string[]
  readonly cells: number
  readonly expressions: number
  /** Its errors: `report-src/part-a.md:3:1: Unexpected ...`. */
  readonly errors: readonly string[]
  /** The lock beside it: its accepted profiles, and how many of its results are not in the freeze folder. */
  readonly lock?: {
    readonly profiles: readonly string[]
    readonly missing: number
    /** The folder of accepted results. */
    readonly freeze: string
  }
  /** Why the lock cannot be read. */
  readonly lockReason?: string
}

/** Reads a report with its lock. Writes nothing, and runs no code of it. */
export function readReportFacts({ path }: ReportWish): ReportFacts {
  try {
    const tree = parse(readReport(path, undefined), kinds)
    const { front, files } = tree.report
    return {
      profiles: Object.keys(front.params),
      lang: front.lang,
      words: wordsIn(front.params),
      cells: tree.cells.length,
      expressions: tree.expressions.length,
      errors: errorsOf(files),
      ...readLockFacts(path),
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { profiles: [], lang: 'en', words: [], cells: 0, expressions: 0, errors: errorsOf(error.files) }
  }
}

function wordsIn(value: Json): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null
    ? [...new Set(Object.values(value).flatMap(wordsIn))]
    : []
}

function errorsOf(files: Unreadable['files']): string[] {
  return files.flatMap((file) =>
    file.messages
      .filter(({ fatal }) => fatal)
      .map(({ line, column, reason }) => `${file.path}:${line ?? 1}:${column ?? 1}: ${reason}`),
  )
}

function readLockFacts(path: string): Pick<ReportFacts, 'lock' | 'lockReason'> {
  const { lock: file, freeze } = pathsOf(path)
  if (!existsSync(file)) return {}
  try {
    const lock = readLock(file)
    const missing = [...acceptedKeys(lock)].filter((key) => !existsSync(fileOf(freeze, key)))
    return { lock: { profiles: Object.keys(lock.profiles), missing: missing.length, freeze } }
  } catch (error) {
    return { lockReason: (error as Error).message }
  }
}
