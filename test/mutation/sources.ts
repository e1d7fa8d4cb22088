import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { home } from '../report/project.ts'

/** The files of a project: path -> text. */
export type Sources = Readonly<Record<string, string>>

/** A change of a project; it does not modify its argument. */
export type Edit = (sources: Sources) => Sources

/** Reads the fixture for mutations; its `packages` become its installed packages. */
export function fixtureSources(): Sources {
  const folder = join(home, 'test/fixtures/mutation')
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  return Object.fromEntries(
    names.map((path) => [
      path.slice(folder.length + 1).replace(/^packages\//, 'node_modules/'),
      readFileSync(path, 'utf8'),
    ]),
  )
}

/** Updates a folder to other sources: writes files that differ, removes files that are gone. */
export function writeSources(folder: string, sources: Sources, before: Sources = {}): void {
  for (const name of Object.keys(before)) if (!(name in sources)) rmSync(join(folder, name))
  for (const [name, text] of Object.entries(sources)) {
    if (before[name] === text) continue
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

/** Replaces a text in a file; throws if the file does not contain it. */
export function replace(file: string, from: string, to: string): Edit {
  return rewrite(file, (text) => {
    if (!text.includes(from)) throw new Error(`Cannot find ${JSON.stringify(from)} in ${file}`)
    return text.replace(from, () => to)
  })
}

/** Rewrites a file with a function of its text. */
export function rewrite(file: string, change: (text: string) => string): Edit {
  return (sources) => {
    const text = sources[file]
    if (text === undefined) throw new Error(`Cannot find the file ${file}`)
    return { ...sources, [file]: change(text) }
  }
}

/** Adds a file. */
export function add(file: string, text: string): Edit {
  return (sources) => ({ ...sources, [file]: text })
}

/** Removes a file. */
export function remove(file: string): Edit {
  return (sources) => Object.fromEntries(Object.entries(sources).filter(([name]) => name !== file))
}

/** Combines several edits, applied one after another. */
export function all(...edits: readonly Edit[]): Edit {
  return (sources) => edits.reduce((changed, edit) => edit(changed), sources)
}

/** Lists the files in which two projects differ. */
export function differing(one: Sources, other: Sources): string[] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].filter((name) => one[name] !== other[name]).sort()
}
