import { lstat, mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { cacheFolders, type Machine, removeStale } from './cache-folder.ts'
import { readDigest, type Unpacked, writeBrotli, writeBrotliTar } from './unpack.ts'

/** The package's own compressed files and its version. */
interface Package {
  readonly version: string
  /** Holds chromium.br, al2023.tar.br and fonts.tar.br. */
  readonly bin: string
}

const manifest = 'unpacked.json'
// Of the layout of the unpacked folder, so that another Weft does not trust it.
const layout = 1
// Younger ones may be at work.
const staleMs = 3_600_000

/** Says whether the bundled browser is one for a machine. */
export function runsBundled({ platform, arch }: Machine): boolean {
  return platform === 'linux' && arch === 'x64'
}

/** Finds the bundled browser's package; throws if it is not installed. */
export async function findPackage(): Promise<Package> {
  // Its package.json is not among its exports, so it is found from its entry, <package>/build/cjs/index.cjs.
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const folder = dirname(dirname(dirname(entry)))
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string }
  return { version, bin: join(folder, 'bin') }
}

/**
 * Gives the folder of the unpacked browser: `chromium`, `al2023/lib` and `fonts`. Unpacks it (197 MB, some
 * seconds) where no whole one is found. Safe when two builds do it at once, and after one was killed.
 *
 * @param folders where it may lie, best first; the first that can be written is used
 */
export async function unpackBrowser(
  from: Package,
  folders: readonly string[] = cacheFolders(),
): Promise<string> {
  const found = await findUnpacked(from, folders)
  if (found) return found
  const name = unpackedName(from)
  const reasons: string[] = []
  for (const folder of folders) {
    try {
      return await unpackInto(from, folder, name)
    } catch (error) {
      reasons.push(`${folder}: ${(error as Error).message}`)
    }
  }
  throw new Error(`Cannot unpack the browser, no folder can hold it (${reasons.join('; ')})`)
}

/** Finds the folder of a browser that is unpacked already. */
export async function findUnpacked(
  from: Package,
  folders: readonly string[] = cacheFolders(),
): Promise<string | undefined> {
  for (const folder of folders) {
    const path = join(folder, unpackedName(from))
    if (!(await isOurs(folder)) || !(await isWhole(path))) continue
    await markUsed(join(path, manifest))
    return path
  }
  return undefined
}

// `weft gc` removes a browser that nobody has used for long, once another version is there.
async function markUsed(path: string): Promise<void> {
  try {
    const now = new Date()
    if (now.getTime() - (await stat(path)).mtimeMs > dayMs) await utimes(path, now, now)
  } catch {
    // The folder cannot be written.
  }
}

const dayMs = 86_400_000

/** Names the folder of an unpacked browser. */
export function unpackedName({ version }: Package): string {
  return `chromium-${version}-${layout}`
}

/** Says whether an unpacked folder still has the bytes that it was written with (reads all of them). */
export async function isUndamaged(folder: string): Promise<boolean> {
  const files = await readManifest(folder)
  if (!files) return false
  for (const file of files) {
    const digest = await readDigest(join(folder, file.path)).catch(() => '')
    if (digest !== file.sha256) return false
  }
  return true
}

/** Puts a damaged folder out of the way, so that the next call unpacks it anew. */
export async function discard(folder: string): Promise<void> {
  const aside = join(dirname(folder), `.partial-old-${unique()}`)
  await rename(folder, aside)
  await rm(aside, { recursive: true, force: true })
}

async function unpackInto(from: Package, parent: string, name: string): Promise<string> {
  await mkdir(parent, { recursive: true, mode: 0o700 })
  if (!(await isOurs(parent))) throw new Error('it belongs to another user')
  await removeStale(parent, '.partial-', staleMs)
  const target = join(parent, name)
  const work = join(parent, `.partial-${unique()}`)
  try {
    await mkdir(work)
    const files = [
      ...(await writeBrotli(join(from.bin, 'chromium.br'), work, 'chromium')),
      ...(await writeBrotliTar(join(from.bin, 'al2023.tar.br'), work, 'al2023')),
      ...(await writeBrotliTar(join(from.bin, 'fonts.tar.br'), work, '.')),
    ]
    await writeFile(join(work, manifest), JSON.stringify(files))
    await replace(work, target)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
  return target
}

// A folder cannot be renamed over one with files in it, so a damaged one steps aside. Another build may do the
// same at this moment: a whole one that it has put there is as good, and what fails meanwhile is tried again.
async function replace(work: string, target: string, attempts = 20): Promise<void> {
  if (await isWhole(target)) return
  try {
    await rename(work, target)
  } catch (error) {
    if (attempts === 0) throw error
    if (!(await isWhole(target))) await discard(target).catch(() => undefined)
    await replace(work, target, attempts - 1)
  }
}

function unique(): string {
  return `${process.pid}-${process.hrtime.bigint()}`
}

// Sizes only: a truncated or missing file is found at no cost, all else when the browser does not start.
async function isWhole(folder: string): Promise<boolean> {
  const files = await readManifest(folder)
  if (!files) return false
  const sizes = await Promise.all(
    files.map((file) =>
      stat(join(folder, file.path)).then(
        (found) => found.size,
        () => -1,
      ),
    ),
  )
  return files.every((file, index) => file.bytes === sizes[index])
}

async function readManifest(folder: string): Promise<readonly Unpacked[] | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, manifest), 'utf8')) as Unpacked[]
  } catch {
    return undefined
  }
}

/**
 * Says whether a folder is this user's, and nobody else may write there: in a folder for temporary files, anybody may
 * have put a browser under our name.
 */
export async function isOurs(folder: string): Promise<boolean> {
  if (!process.getuid) return true
  try {
    const [named, found] = [await lstat(folder), await stat(folder)]
    const isUsers = named.uid === process.getuid() && found.uid === process.getuid()
    return isUsers && found.isDirectory() && (found.mode & 0o002) === 0
  } catch {
    return false
  }
}
