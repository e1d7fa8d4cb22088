import { basename, dirname, resolve } from 'node:path'
import { type Paths, pathFrom } from '../model/paths.ts'
import type { Reader } from '../model/types.ts'
import { dayOfReport } from '../pipeline/day-of-report.ts'
import { openReader } from '../syntax/open-reader.ts'
import { projectRoot, readReport } from '../syntax/read-report.ts'
import { authorMembers, authorNames } from './anonymous.ts'
import { changeFront } from './front-text.ts'

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
  // As it was read: without a byte order mark, and with line ends of one character.
  const before = String(report.files[0]!)
  const text = changeFront(before, {
    without: isAnonymous ? authorMembers : [],
    values: day !== undefined && day !== report.front.date ? { date: day } : {},
  })
  return text === before ? { names } : { reader: frozenReader(paths, text), text, names }
}

// The reader of a trusted report, but with another text of report.md.
function frozenReader({ source }: Paths, text: string): Reader {
  const folder = dirname(source)
  const root = projectRoot(folder)
  const reader = openReader(folder, root)
  const own = (path: string) => resolve(path) === source
  return {
    ...reader,
    readChapter: (name) => (name === basename(source) ? Buffer.from(text) : reader.readChapter(name)),
    readSource: (path) => (own(resolve(root, path)) ? Buffer.from(text) : reader.readSource(path)),
  }
}

/** Gives the name of report.md in its project, with `/`. */
export function nameOfReport({ source }: Paths): string {
  return pathFrom(projectRoot(dirname(source)), source)
}
