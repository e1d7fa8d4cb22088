import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { filesNamed } from '../render/syntax/front-matter.ts'
import { projectRoot } from '../render/syntax/read-report.ts'

/** Gives the text of a file: as it is in the editor, or else on the disk; undefined if it cannot be read. */
export type ReadText = (path: string) => string | undefined

/** Reads a text from the disk. */
export function readDisk(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** Finds the report of a Markdown file: the nearest report.md, from its folder up, that names it, or else itself. */
export function findReport(path: string, readText: ReadText): string {
  const root = projectRoot(dirname(path))
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const report = join(folder, 'report.md')
    if (report === path) return path
    const text = readText(report)
    if (
      text !== undefined &&
      filesNamed(text.replace(/\r\n?/g, '\n')).some((chapter) => resolve(folder, chapter) === path)
    )
      return report
    if (folder === root || dirname(folder) === folder) return path
  }
}
