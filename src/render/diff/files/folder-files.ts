import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, relative, resolve, sep } from 'node:path'
import type { VersionFiles } from './version-files.ts'

// What a report has no need of, and what would take long to walk through.
const passed = new Set(['node_modules', '.git', 'dist'])

/** Opens the files of a folder with another version of a project. */
export function openFolder(path: string): VersionFiles {
  const top = resolve(path)
  const found: string[] = []
  const walk = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const child = join(folder, entry.name)
      if (entry.isDirectory() && !passed.has(entry.name)) walk(child)
      if (entry.isFile()) found.push(relative(top, child).split(sep).join('/'))
    }
  }
  walk(top)
  const paths = new Set(found)
  return {
    name: basename(top),
    detail: `the folder ${path}`,
    paths,
    read: (wanted) =>
      new Map(
        wanted
          .filter((name) => paths.has(name) && statSync(join(top, name), { throwIfNoEntry: false })?.isFile())
          .map((name) => [name, readFileSync(join(top, name))]),
      ),
  }
}
