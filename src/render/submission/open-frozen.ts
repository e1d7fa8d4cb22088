import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Paths } from '../model/paths.ts'
import type { Reader } from '../model/types.ts'
import { dayOfReport } from '../pipeline/day-of-report.ts'
import { projectRoot, readReport } from '../syntax/read-report.ts'
import { authorMembers, authorNames } from './anonymous.ts'
import { changeFront } from './front-text.ts'
import { frozenReader } from './frozen-reader.ts'

interface FreezeOptions {
  readonly profile?: string
  readonly isAnonymous: boolean
  readonly env: NodeJS.ProcessEnv
}

/** A report as it is handed in. */
export interface Frozen {
  /** Reads the text that is handed in; undefined if the file itself is. */
  readonly reader?: Reader
  /** The text of report.md, if it is another than that of the file. */
  readonly text?: string
  /** What an anonymous zip must not hold. */
  readonly names: readonly string[]
}

/**
 * Reads a report as it is handed in: a date such as `today` becomes a day, so that a rebuild prints the same one, and
 * an anonymous report has no authors. Throws `Unreadable` if it cannot be read.
 */
export function freezeReport(paths: Paths, { profile, isAnonymous, env }: FreezeOptions): Frozen {
  const report = readReport(paths.source, profile)
  const day = dayOfReport(report, { env, mayAskGit: true })
  const names = isAnonymous ? authorNames(report.front, projectRoot(dirname(paths.source))) : []
  const before = readFileSync(paths.source, 'utf8')
  const text = changeFront(before, {
    without: isAnonymous ? authorMembers : [],
    values: day !== undefined && day !== report.front.date ? { date: day } : {},
  })
  return text === before ? { names } : { reader: frozenReader(paths, text), text, names }
}
