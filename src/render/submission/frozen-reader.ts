import { basename, dirname, relative, resolve, sep } from 'node:path'
import type { Paths } from '../model/paths.ts'
import type { Reader } from '../model/types.ts'
import { openReader } from '../syntax/open-reader.ts'
import { projectRoot } from '../syntax/read-report.ts'

/** Opens the reader of a trusted report that reads another text for report.md than its file has. */
export function frozenReader({ source }: Paths, text: string): Reader {
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
  return relative(projectRoot(dirname(source)), source)
    .split(sep)
    .join('/')
}
