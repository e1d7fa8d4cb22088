import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A project in a temporary folder, with a trace of what ran beside it. */
export interface Box {
  readonly folder: string
  /** Where `folder` lies, with its trace and a folder for temporary files. */
  readonly outer: string
  /** What its cells and jobs have said since this was last asked, sorted. */
  ran(): string[]
  close(): void
}

/** Makes an empty project, or one that is a copy of another with all that it has built. */
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
