import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A project in a temporary folder, with a trace file of what ran beside it. */
export interface Box {
  readonly folder: string
  /** Contains `folder`, its trace and a folder for temporary files. */
  readonly outer: string
  /** Gives the trace lines of its cells and jobs since the last call, sorted. */
  ran(): string[]
  close(): void
}

/** Makes an empty project, or a copy of another with all its build output. */
export function openBox(original?: Box, name = 'project'): Box {
  const outer = realpathSync(mkdtempSync(join(tmpdir(), 'weft-mutation-')))
  const folder = join(outer, name)
  mkdirSync(join(outer, 'tmp'))
  if (original) cpSync(original.folder, folder, { recursive: true, verbatimSymlinks: true })
  else mkdirSync(folder)
  const trace = join(outer, 'trace.txt')
  return {
    folder,
    outer,
    ran() {
      const lines = existsSync(trace) ? readFileSync(trace, 'utf8').split('\n').filter(Boolean) : []
      rmSync(trace, { force: true })
      return lines.sort()
    },
    close: () => rmSync(outer, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  }
}
