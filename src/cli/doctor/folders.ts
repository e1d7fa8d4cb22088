import { access, constants, readdir, stat, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Paths } from '../../render/model/paths.ts'
import { cacheFolders } from '../../render/print/cache-folder.ts'
import { type Finding, sizeOf } from './finding.ts'

/** Where temporary files go: the browser's profile alone needs some megabytes. */
export async function findTemporary(folder = tmpdir()): Promise<Finding> {
  const state = await stateOf(folder)
  const remedy = 'set TMPDIR to a folder with room for temporary files'
  const isFull = state.free < leastTemporaryBytes
  const fault =
    state.reason ??
    (state.isThere ? undefined : 'there is no such folder') ??
    (isFull ? 'no room is left' : undefined)
  const text = `${folder}, ${fault === undefined ? 'can be written' : fault}, ${sizeOf(state.free)} free`
  return fault === undefined
    ? { id: 'temporary', state: 'ok', text, facts: { path: folder, free: state.free } }
    : { id: 'temporary', state: 'fault', text, remedy }
}

const leastTemporaryBytes = 8_000_000

/** Where Weft unpacks the browser and keeps downloads, for all reports of a user. */
export async function findCache(folders: readonly string[] = cacheFolders()): Promise<Finding> {
  const states = await Promise.all(folders.map(stateOf))
  const index = states.findIndex(({ reason }) => reason === undefined)
  const refused = folders.slice(0, index < 0 ? folders.length : index)
  const reasons = refused.map((folder, at) => `${folder}: ${states[at]!.reason}`)
  const remedy = 'set XDG_CACHE_HOME to a folder that you may write'
  if (index < 0)
    return { id: 'cache', state: 'fault', text: `no folder can be written (${reasons.join('; ')})`, remedy }
  const [path, { isThere, free }] = [folders[index]!, states[index]!]
  const size = isThere ? await bytesIn(path) : 0
  const facts = { path, bytes: size, free }
  const text = `${path}, ${isThere ? `${sizeOf(size)} in it` : 'not there yet'}, can be written, ${sizeOf(free)} free`
  return reasons.length === 0
    ? { id: 'cache', state: 'ok', text, facts }
    : { id: 'cache', state: 'lacks', text: `${text}, in place of ${reasons.join('; ')}`, remedy, facts }
}

/** Where a build writes, `dist`. */
export async function findOutput({ dist }: Paths): Promise<Finding> {
  const { reason, free } = await stateOf(dist)
  return reason === undefined
    ? {
        id: 'output',
        state: 'ok',
        text: `${dist}, can be written, ${sizeOf(free)} free`,
        facts: { path: dist, free },
      }
    : { id: 'output', state: 'fault', text: `${dist}: ${reason}`, remedy: 'npx weft build --out FOLDER' }
}

interface FolderState {
  readonly isThere: boolean
  /** Why nothing can be written there. */
  readonly reason?: string
  /** Bytes of its disk that are free. */
  readonly free: number
}

/** Looks whether a folder can be written, or made if it is not there. Writes nothing. */
async function stateOf(folder: string): Promise<FolderState> {
  const existing = await nearest(folder)
  const { bavail, bsize } = await statfs(existing)
  const common = { isThere: existing === folder, free: bavail * bsize }
  try {
    if (!(await stat(existing)).isDirectory()) return { ...common, reason: `${existing} is no folder` }
    await access(existing, constants.W_OK | constants.X_OK)
    return common
  } catch (error) {
    const isReadOnly = (error as NodeJS.ErrnoException).code === 'EROFS'
    const why = isReadOnly ? 'its file system is read-only' : 'it is not permitted'
    return { ...common, reason: `cannot write in ${existing}, ${why}` }
  }
}

async function nearest(path: string): Promise<string> {
  try {
    await stat(path)
    return path
  } catch (error) {
    if (dirname(path) === path) throw error
    return nearest(dirname(path))
  }
}

async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const sizes = await Promise.all(
    entries.map((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return bytesIn(path)
      return entry.isFile()
        ? stat(path).then(
            ({ size }) => size,
            () => 0,
          )
        : 0
    }),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
