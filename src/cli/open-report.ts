import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { Listener } from '../render/execute/events.ts'
import { suggestion } from '../render/model/nearest.ts'
import { pathsOf } from '../render/model/paths.ts'
import { openAuthorMode } from '../render/pipeline/author-mode.ts'
import { openSession, type Session } from '../render/pipeline/session.ts'
import { openUntrustedMode } from '../render/pipeline/untrusted-mode.ts'
import { defaultReport, type ReportOptions } from './arguments.ts'

interface OpenOptions {
  readonly signal?: AbortSignal
  readonly listener?: Listener
  /** Whether the command is about to accept the results. */
  readonly isAccepting?: boolean
  /** Whether nothing that earlier builds stored may be used. */
  readonly isFresh?: boolean
}

/** Opens the report that the options of a command name. Throws an Error if there is no such file. */
export function openReport(
  { path, profile, out, isUntrusted, env }: ReportOptions,
  { isAccepting, isFresh, ...options }: OpenOptions = {},
): Session {
  if (!existsSync(path)) throw new Error(`Cannot find ${path}, ${wantedReport(path)}`)
  const paths = pathsOf(path, out)
  const mode = isUntrusted
    ? openUntrustedMode({ paths, profile, isOwnFolder: out === undefined })
    : openAuthorMode({ paths, profile, env, isAccepting, isFresh })
  return openSession({ ...options, paths, mode, env })
}

function wantedReport(path: string): string {
  const folder = dirname(path)
  const here = existsSync('report.md') ? 'report.md' : 'PATH/report.md'
  if (path === defaultReport) return `expected it, or the name of a report: \`weft build ${here}\``
  const beside = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.md')) : []
  return `expected a Markdown file, found none${suggestion(basename(path), beside)}`
}
