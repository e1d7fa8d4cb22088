import type { Listener } from '../render/execute/events.ts'
import { pathsOf } from '../render/model/paths.ts'
import { openAuthorMode } from '../render/pipeline/author-mode.ts'
import { openSession, type Session } from '../render/pipeline/session.ts'
import { openUntrustedMode } from '../render/pipeline/untrusted-mode.ts'
import type { ReportOptions } from './arguments.ts'

interface OpenOptions {
  readonly signal?: AbortSignal
  readonly listener?: Listener
  /** Whether the command is about to accept the results. */
  readonly isAccepting?: boolean
}

/** Opens the report that the options of a command name. */
export function openReport(
  { path, profile, out, isUntrusted, env }: ReportOptions,
  { isAccepting, ...options }: OpenOptions = {},
): Session {
  const paths = pathsOf(path, out)
  const mode = isUntrusted
    ? openUntrustedMode({ paths, profile, isOwnFolder: out === undefined })
    : openAuthorMode({ paths, profile, env, isAccepting })
  return openSession({ ...options, paths, mode, env })
}
