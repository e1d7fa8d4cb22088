import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { sha256 } from '../model/digest.ts'
import { setAside } from '../model/set-aside.ts'
import type { Digest, Task } from '../model/types.ts'
import { cannotWrite, temporaryOf, writeAtomic } from '../model/write-atomic.ts'

/**
 * Writes a task's code to where it can run: a file named by its digest, its source map beside it, and links to the
 * packages that it imports in a node_modules folder next to both. Gives the code's URL.
 */
export function writeProgram(task: Task, folder: string, root: string): string {
  for (const [name, target] of Object.entries(task.packages)) link(join(folder, 'node_modules', name), target)
  const name = programName(sha256(task.code))
  const path = join(folder, name)
  const map = { ...(JSON.parse(task.map) as object), sourceRoot: pathToFileURL(`${root}/`).href }
  // All jobs of a sweep have one code, and to replace a file takes a millisecond.
  keep(`${path}.map`, JSON.stringify(map))
  keep(path, `${task.code}\n${requireOf(task.code)}//# sourceMappingURL=${name}.map\n`)
  return pathToFileURL(path).href
}

// CommonJS in a bundle takes packages by `require`, which an ES module lacks. Behind the code, so that no place moves.
function requireOf(code: string): string {
  if (!code.includes('Dynamic require of')) return ''
  return 'import{createRequire as $weftRequire}from"node:module";function require(name){return $weftRequire(import.meta.url)(name)}\n'
}

// Its name does not tell that a file is whole: a damaged one could give a wrong number.
function keep(path: string, text: string): void {
  if (textOf(path) !== text) replace(path, text)
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function replace(path: string, text: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) setAside(path)
  writeAtomic(path, text)
}

/** Lays the code of tasks for running. */
export interface Programs {
  /** Gives the URL of a task's code. */
  write(task: Task): string
}

/**
 * Opens a folder for the code of tasks.
 *
 * @param most how many new files it may leave there: a preview runs thousands of versions of a cell. What lay there
 * before stays, since `why` compares with it
 */
export function openPrograms(folder: string, root: string, most = Number.POSITIVE_INFINITY): Programs {
  const own = new Set<string>()
  return {
    write(task) {
      const path = join(folder, programName(sha256(task.code)))
      const isOwn = own.delete(path) || !existsSync(path)
      const url = writeProgram(task, folder, root)
      if (isOwn) own.add(path)
      const [oldest] = own
      if (own.size > most && oldest !== undefined) {
        own.delete(oldest)
        for (const file of [oldest, `${oldest}.map`]) rmSync(file, { force: true })
      }
      return url
    },
  }
}

/** Names the file of a bundle by the digest of its code. */
export function programName(digest: Digest): string {
  return `${digest.slice(0, 32)}.mjs`
}

/** Says whether a path has a name that `programName` gives. */
export function isProgram(path: string): boolean {
  return /(^|\/)[a-f0-9]{32}\.mjs$/.test(path)
}

function link(path: string, target: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() && readlinkSync(path) === target) return
  // Another build may do the same now: the last rename wins, and all links are equal.
  const temporary = temporaryOf(path)
  try {
    mkdirSync(dirname(path), { recursive: true })
    symlinkSync(target, temporary, 'junction')
    renameSync(temporary, path)
  } catch (cause) {
    throw cannotWrite(path, cause)
  }
}
