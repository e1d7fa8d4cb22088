import { type FSWatcher, readdirSync, watch } from 'node:fs'
import { basename, dirname, join, sep } from 'node:path'
import { statIfThere } from '../model/stat-if-there.ts'

// The folder of a report can be that of a large project: then only the folders of its files are watched.
const mostFolders = 400

/** Watches folders, each by itself: Node's recursive watching loses files on Linux that an editor replaces. */
export class WatchedFolders {
  /** Paths below the trees that do not count. */
  readonly except = new Set<string>()
  readonly #onEvent: (path: string) => void
  readonly #watchers = new Map<string, FSWatcher>()
  /** Folder -> names of the files that count in it, or all of them. */
  readonly #counting = new Map<string, Set<string> | 'all'>()
  readonly #trees = new Set<string>()

  /** @param onEvent called with the path of whatever may have changed, if it counts */
  constructor(onEvent: (path: string) => void) {
    this.#onEvent = onEvent
  }

  /** Watches a folder with those in it; gives the files in the new ones. */
  addTree(top: string): string[] {
    this.#trees.add(top)
    return this.look(top)
  }

  /** Watches what is new in a folder of a tree; gives the files in it. */
  look(top: string): string[] {
    if (![...this.#trees].some((tree) => top === tree || top.startsWith(tree + sep))) return []
    return this.#foldersIn(top).flatMap((folder) => this.addFolder(folder))
  }

  /** Watches all files of a folder; gives those that are there, if it is a new one. */
  addFolder(folder: string): string[] {
    const isKnown = this.#counting.get(folder) === 'all' && this.#watchers.has(folder)
    this.#counting.set(folder, 'all')
    this.#watch(folder)
    return isKnown ? [] : entriesIn(folder, 'files').filter((path) => this.#isCounted(path))
  }

  addFile(path: string): void {
    const folder = dirname(path)
    const names = this.#counting.get(folder) ?? new Set()
    this.#counting.set(folder, names)
    if (names !== 'all') names.add(basename(path))
    this.#watch(folder)
  }

  close(): void {
    for (const folder of [...this.#watchers.keys()]) this.#forget(folder)
  }

  #watch(folder: string): void {
    if (this.#watchers.has(folder) || !isFolder(folder)) return
    try {
      const watcher = watch(folder, (_, name) => this.#onFolderEvent(folder, name))
      this.#watchers.set(
        folder,
        watcher.on('error', () => this.#forget(folder)),
      )
    } catch {
      // It went away, or there are too many: what lies in it is seen when something else changes.
    }
  }

  #onFolderEvent(folder: string, name: string | null): void {
    const paths = name === null ? entriesIn(folder, 'files') : [join(folder, name)]
    for (const path of paths) if (this.#isCounted(path)) this.#onEvent(path)
    // A folder of the same name is another one.
    if (!isFolder(folder)) this.#forget(folder)
  }

  #forget(folder: string): void {
    this.#watchers.get(folder)?.close()
    this.#watchers.delete(folder)
  }

  #isCounted(path: string): boolean {
    if (this.except.has(path) || isOfEditor(basename(path))) return false
    const names = this.#counting.get(dirname(path))
    return names === 'all' || (names?.has(basename(path)) ?? false)
  }

  #foldersIn(top: string): string[] {
    const found = [top]
    for (let index = 0; index < found.length; index++) {
      const inside = entriesIn(found[index]!, 'folders')
      found.push(...inside.filter((folder) => !this.except.has(folder) && !isOfOthers(basename(folder))))
      if (found.length > mostFolders) return [top]
    }
    return found
  }
}

/** Says whether there is a folder at a path. */
export function isFolder(path: string): boolean {
  return statIfThere(path)?.isDirectory() ?? false
}

function entriesIn(folder: string, kind: 'files' | 'folders'): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() === (kind === 'folders'))
      .map((entry) => join(folder, entry.name))
  } catch {
    return []
  }
}

function isOfOthers(name: string): boolean {
  return name === 'node_modules' || name.startsWith('.')
}

/** Says whether a file is one that an editor keeps beside the one it edits. */
function isOfEditor(name: string): boolean {
  return /^\.|~$|^#.*#$|^4913$|\.(?:sw[a-p]|tmp|crswap)$|___jb_(?:tmp|old)___$/.test(name)
}
