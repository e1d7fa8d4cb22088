import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { Listener } from '../render/execute/events.ts'
import { suggestion } from '../render/model/nearest.ts'
import { pathsOf } from '../render/model/paths.ts'
import type { Reader } from '../render/model/types.ts'
import { openAuthorMode } from '../render/pipeline/author-mode.ts'
import { openSession, type Session } from '../render/pipeline/session.ts'
import { openUntrustedMode } from '../render/pipeline/untrusted-mode.ts'
import { defaultReports, type ReportOptions } from './arguments.ts'

interface OpenOptions {
  readonly signal?: AbortSignal
  readonly listener?: Listener
  /** Whether the command is about to accept the results. */
  readonly isAccepting?: boolean
  /** Whether nothing that earlier builds stored may be used. */
  readonly isFresh?: boolean
  /** Reads the files of the report. Default: any file. */
  readonly reader?: Reader
}

/** Opens the report that the options of a command name. Throws an Error if there is no such file. */
export function openReport(
  { path, profile, out, isUntrusted, env }: ReportOptions,
  { isAccepting, isFresh, reader, ...options }: OpenOptions = {},
): Session {
  const paths = pathsOf(reportPath(path), out)
  const mode = isUntrusted
    ? openUntrustedMode({ paths, profile, isOwnFolder: out === undefined })
    : openAuthorMode({ paths, profile, env, isAccepting, isFresh, reader })
  return openSession({ ...options, paths, mode, env })
}

/** Gives the path of a report. Throws an Error if there is no such file. */
export function reportPath(path: string): string {
  if (!existsSync(path)) throw new Error(missing(path))
  return path
}

function missing(path: string): string {
  if (path === defaultReports[0])
    return `Cannot find ${defaultReports.join(' or ')}, expected one of them, or the name of a report: \`weft build PATH/report.md\`. \`weft init\` writes a first one`
  const folder = dirname(path)
  const beside = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.md')) : []
  return `Cannot find ${path}, expected a Markdown file, found none${suggestion(basename(path), beside)}`
}
