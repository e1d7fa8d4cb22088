import { realpathSync } from 'node:fs'
import { openFileStates } from './file-states.ts'
import { isFolder, WatchedFolders } from './watch-folders.ts'

/** What decides a report: absolute paths. */
export interface Watched {
  /** Folders in which every file counts, with the folders in them. */
  readonly trees: readonly string[]
  /** Folders in which every file counts, without the folders in them. */
  readonly folders: readonly string[]
  readonly files: readonly string[]
  /** Folders and files below the trees that do not count. */
  readonly except: readonly string[]
}

interface Watcher {
  /**
   * Watches more files and folders, and all those before. Files that changed since a time, in milliseconds, count as
   * changed now.
   */
  follow(watched: Watched, sinceMs: number): void
  /** Resolves once all files that were touched are looked at. */
  settled(): Promise<void>
  close(): void
}

// A save is often several events: an editor writes beside the file and renames.
const quietMs = 2
const againMs = 25
const mostLooks = 8

/**
 * Watches the files of a report, folder by folder: what an editor replaces stays watched. A file counts as changed when
 * its content does; one that looks half written, or is away for a moment, is looked at again before that.
 */
export function openWatcher(onChange: (paths: readonly string[]) => void): Watcher {
  const states = openFileStates()
  /** Path -> how often it was looked at since its last event. */
  const looks = new Map<string, number>()
  /** Path -> where it leads, until an event of it: thousands of files are named at each update. */
  const targets = new Map<string, readonly string[]>()
  const waiting: (() => void)[] = []
  let timer: NodeJS.Timeout | undefined
  const lookAt = (path: string) => {
    for (const [name, known] of targets) if (known.includes(path)) targets.delete(name)
    looks.set(path, 0)
    timer ??= setTimeout(check, quietMs)
  }
  const folders = new WatchedFolders(lookAt)
  const check = () => {
    timer = undefined
    const changed: string[] = []
    for (const [path, count] of [...looks]) {
      looks.delete(path)
      if (isFolder(path)) {
        changed.push(...folders.look(path))
        continue
      }
      const found = count < mostLooks ? states.look(path) : states.accept(path)
      if (found === 'later') looks.set(path, count + 1)
      else if (found === 'changed') changed.push(path)
    }
    if (looks.size > 0) timer ??= setTimeout(check, againMs)
    if (changed.length > 0) onChange(changed)
    for (const resolve of waiting.splice(0)) resolve()
  }
  return {
    follow({ trees, folders: others, files, except }, sinceMs) {
      for (const path of except) folders.except.add(path)
      const named = files.flatMap((path) => {
        const known = targets.get(path) ?? withTarget(path)
        targets.set(path, known)
        return known
      })
      for (const file of named) folders.addFile(file)
      const found = [
        ...trees.flatMap((tree) => folders.addTree(tree)),
        ...others.flatMap((folder) => folders.addFolder(folder)),
        ...named,
      ]
      const late = found.filter((path) => (states.prime(path) ?? 0) >= sinceMs)
      if (late.length > 0) onChange(late)
    },
    async settled() {
      if (timer) await new Promise<void>((resolve) => waiting.push(resolve))
    },
    close() {
      clearTimeout(timer)
      for (const resolve of waiting.splice(0)) resolve()
      folders.close()
    },
  }
}

// A link and what it leads to are in different folders, and either may be replaced.
function withTarget(path: string): string[] {
  try {
    const target = realpathSync.native(path)
    return target === path ? [path] : [path, target]
  } catch {
    return [path]
  }
}
