import { rmSync } from 'node:fs'
import { mkdir, readdir, rename, rm, statfs } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/**
 * Makes a folder by `fill`, whole or not at all: it is filled under another name beside the target, then renamed. What
 * a killed process has left is removed the next time.
 * @throws what `fill` throws, after removing all that it has written
 */
export async function makeWhole(
  target: string,
  fill: (folder: string) => Promise<void>,
  pid: number = process.pid,
): Promise<void> {
  const parent = dirname(target)
  const prefix = `${basename(target)}.part-`
  await mkdir(parent, { recursive: true })
  await removeLeft(parent, prefix)
  const folder = join(parent, `${prefix}${pid}`)
  const removeAtOnce = () => rmSync(folder, { recursive: true, force: true })
  process.on('exit', removeAtOnce)
  const end = () => process.exit(130)
  process.on('SIGINT', end).on('SIGTERM', end)
  try {
    await mkdir(folder)
    await fill(folder)
    const old = `${folder}.old`
    await rename(target, old).catch(() => undefined)
    await rename(folder, target)
    await rm(old, { recursive: true, force: true })
  } finally {
    await rm(folder, { recursive: true, force: true })
    process.off('exit', removeAtOnce).off('SIGINT', end).off('SIGTERM', end)
  }
}

async function removeLeft(parent: string, prefix: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.startsWith(prefix) || isRunning(parseInt(name.slice(prefix.length), 10))) continue
    await rm(join(parent, name), { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return pid !== process.pid
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

// What an installation leaves.
const ownNames = ['nvidia', 'quiet.node', 'tensorflow', 'tfjs_binding.node']

/** @throws if a folder holds something that no installation has left, because a new one replaces the whole folder */
export async function assertReplaceable(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const other = names.find((name) => !ownNames.includes(name))
  if (other !== undefined)
    throw new Error(
      `Cannot install into ${folder}, expected no other files there, since all of it is replaced, found ${other}: set WEFT_TENSORFLOW to a new folder`,
    )
}

/** @throws if the disk of a folder, or of the first one above it that exists, has less room than this */
export async function assertRoom(
  folder: string,
  bytes: number,
  free: (folder: string) => Promise<number> = freeBytes,
): Promise<void> {
  const found = await free(folder)
  if (found >= bytes) return
  throw new Error(
    `Cannot install into ${folder}, expected ${gigabytes(bytes)} free on its disk, found ${gigabytes(found)}: free some, or set WEFT_TENSORFLOW to a folder elsewhere`,
  )
}

async function freeBytes(folder: string): Promise<number> {
  for (let at = folder; ; at = dirname(at)) {
    const found = await statfs(at).catch(() => undefined)
    if (found) return found.bavail * found.bsize
    if (dirname(at) === at) return Number.POSITIVE_INFINITY
  }
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`
}
