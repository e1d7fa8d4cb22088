import { readdir, rm, stat } from 'node:fs/promises'
import { homedir, tmpdir, userInfo } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { isRunning, machineName } from '../model/machine-name.ts'

/** What the choice of a cache folder depends on; the machine's own by default. */
export interface Machine {
  readonly platform: NodeJS.Platform
  readonly arch: string
  readonly env: { readonly [name: string]: string | undefined }
}

/** Describes this machine. */
export function thisMachine(): Machine {
  return { platform: process.platform, arch: process.arch, env: process.env }
}

/**
 * Lists the folders that may keep what Weft unpacks, best first: the user's cache folder where the platform
 * has it, then one of this user's own in the folder for temporary files. None need exist.
 */
export function cacheFolders(machine: Machine = thisMachine()): readonly string[] {
  const folders = [userCache(machine), join(tmpdir(), `weft-${userId()}`)]
  return folders.filter((folder) => folder !== undefined)
}

/** Finds the user's home folder, if there is one: an empty or relative HOME is none. */
export function homeFolder(machine: Machine = thisMachine()): string | undefined {
  const { platform, env } = machine
  const named = platform === 'win32' ? env.USERPROFILE : env.HOME
  if (named !== undefined) return isAbsolute(named) ? named : undefined
  try {
    const home = homedir()
    return isAbsolute(home) ? home : undefined
  } catch {
    // A container may run as a user whom no passwd file names.
    return undefined
  }
}

function userCache(machine: Machine): string | undefined {
  const { platform, env } = machine
  if (env.XDG_CACHE_HOME && isAbsolute(env.XDG_CACHE_HOME)) return join(env.XDG_CACHE_HOME, 'weft')
  if (platform === 'win32' && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, 'weft', 'Cache')
  const home = homeFolder(machine)
  if (home === undefined) return undefined
  return platform === 'darwin' ? join(home, 'Library', 'Caches', 'weft') : join(home, '.cache', 'weft')
}

function userId(): string {
  if (process.getuid) return String(process.getuid())
  return userInfo().username
}

/** The folders of browsers have names of this prefix, then of whose they are. */
const browserPrefix = 'weft-browser-'

/** Gives the first part of the name of a folder for the browser of a process; the rest is random. */
export function browserFolderPrefix(pid: number = process.pid): string {
  return `${browserPrefix}${machineName()}-${pid}-`
}

/** Removes the folders of a process's browsers, once it has ended. */
export async function removeBrowserFolders(pid: number): Promise<void> {
  await removeStale(tmpdir(), browserFolderPrefix(pid), 0)
}

/** Removes the folders of browsers whose builds have ended, and those that have not changed for a day. */
export async function removeDeadBrowsers(): Promise<void> {
  await removeStale(tmpdir(), browserPrefix, 86_400_000)
  const own = `${browserPrefix}${machineName()}-`
  const names = await readdir(tmpdir()).catch(() => [])
  const pids = names
    .filter((name) => name.startsWith(own))
    .map((name) => parseInt(name.slice(own.length), 10))
  for (const pid of new Set(pids)) if (!isRunning(pid)) await removeBrowserFolders(pid)
}

/** Removes what killed builds left in a folder: entries of a prefix that have not changed for a time. */
export async function removeStale(folder: string, prefix: string, ageMs: number): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(prefix)) continue
    const path = join(folder, name)
    const found = await stat(path).catch(() => undefined)
    if (!found || Date.now() - found.mtimeMs < ageMs) continue
    // Another user's is not ours to remove.
    await rm(path, { recursive: true, force: true }).catch(() => undefined)
  }
}
