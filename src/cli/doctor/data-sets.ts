import { readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { LoadOptions } from '../../experiments/data/dataset.ts'
import { files as garments } from '../../experiments/data/fashion-mnist.ts'
import { cacheFolder } from '../../experiments/data/folders.ts'
import { firstFile, isDataGiven, placesOf } from '../../experiments/data/locate.ts'
import { files as lettersElsewhere } from '../../experiments/data/notmnist-large-sample.ts'
import { files as letters } from '../../experiments/data/notmnist-small.ts'
import { checkPinned, type PinnedFile, wasVerified } from '../../experiments/data/pinned-file.ts'
import { plural } from '../../render/output/format.ts'
import { type Finding, sizeOf } from './finding.ts'

/** The files of a data set that is read from the disk. */
interface FilesOfSet {
  readonly name: string
  /** Names of its folder in WEFT_DATA. */
  readonly folders: readonly string[]
  readonly files: readonly PinnedFile[]
  readonly isDownloaded?: true
}

const published: readonly FilesOfSet[] = [
  {
    name: 'fashion-mnist',
    folders: ['fashion-mnist'],
    files: Object.values(garments).flatMap(({ images, labels }) => [images, labels]),
    isDownloaded: true,
  },
  { name: 'notmnist-small', folders: ['notmnist', 'notmnist-small'], files: Object.values(letters) },
  {
    name: 'notmnist-large-sample',
    folders: ['notmnist', 'notmnist-large-sample'],
    files: Object.values(lettersElsewhere),
  },
]

/** The digests of longer files are computed when they are read. */
const mostBytes = 64_000_000

interface DataWish {
  /** The texts among a report's params; undefined without a report: then all sets are looked for. */
  readonly words: readonly string[] | undefined
  /** Folder of the report, which may hold the digest of a data.h5. */
  readonly folder: string
}

/** Says of the data sets that a report names whether their files are here and right, or how to get them. */
export async function findData(
  { words, folder }: DataWish,
  options: LoadOptions = {},
): Promise<readonly Finding[]> {
  const pinned = await readPin(folder)
  const isWanted = ({ name }: { readonly name: string }) => words === undefined || words.includes(name)
  const sets = [...published, ...(pinned ? [pinned] : [])].filter(isWanted)
  const found = await Promise.all(sets.map((set) => findSet(set, options)))
  return pinned === null && isWanted({ name: h5 }) ? [...found, noPin] : found
}

/** The set whose digest the report itself holds: undefined if there is no such file, null if it names none. */
async function readPin(folder: string): Promise<FilesOfSet | null | undefined> {
  try {
    const pin: unknown = JSON.parse(await readFile(join(folder, `${h5}.json`), 'utf8'))
    if (pin === null) return null
    const { file, ...rest } = pin as { file: string; bytes: number; sha256: string }
    return { name: h5, folders: [h5, 'notmnist'], files: [{ name: file, ...rest }] }
  } catch {
    return undefined
  }
}

const h5 = 'notmnist-h5'

const noPin: Finding = {
  id: `data/${h5}`,
  state: 'lacks',
  text: 'the report holds no digest of a data.h5, so none is read',
  remedy: 'npx weft data pin FILE',
}

async function findSet(set: FilesOfSet, options: LoadOptions): Promise<Finding> {
  const { name, files } = set
  const id = `data/${name}`
  const found = await Promise.all(
    files.map(async (file) => ({ file, path: await firstFile(placesOf(set, file.name, options)) })),
  )
  const missing = found.filter(({ path }) => path === undefined)
  if (missing.length > 0)
    return missingSet(
      set,
      missing.map(({ file }) => file),
      options,
    )
  const checks = await Promise.all(found.map(({ file, path }) => check(path!, file, options)))
  const wrong = checks.find(({ reason }) => reason !== undefined)
  if (wrong) return { id, state: 'lacks', text: wrong.reason!, remedy: getIt(set) }
  const unread = checks.filter(({ isChecked }) => !isChecked).length
  const digests = unread === 0 ? 'digests right' : 'sizes right, digests are checked when it is read'
  const where = dirname(found[0]!.path!)
  return {
    id,
    state: 'ok',
    text: `${plural(files.length, 'file')} in ${where}, ${digests}`,
    facts: { folder: where, isChecked: unread === 0 },
  }
}

interface Checked {
  readonly isChecked: boolean
  readonly reason?: string
}

async function check(path: string, file: PinnedFile, options: LoadOptions): Promise<Checked> {
  const { size } = await stat(path)
  try {
    if (size !== file.bytes && path.endsWith('.zip')) return { isChecked: false }
    if (size === file.bytes && (await wasVerified(path, file, options))) return { isChecked: true }
    if (size === file.bytes && size > mostBytes) return { isChecked: false }
    if (size > mostBytes)
      return { isChecked: true, reason: `${path} has ${size} bytes, expected ${file.bytes}` }
    checkPinned(await readFile(path), file, path)
    return { isChecked: true }
  } catch (error) {
    return { isChecked: true, reason: (error as Error).message }
  }
}

function missingSet(set: FilesOfSet, missing: readonly PinnedFile[], options: LoadOptions): Finding {
  const bytes = sizeOf(missing.reduce((sum, file) => sum + file.bytes, 0))
  const given = (options.env ?? process.env).WEFT_DATA
  const places = `${isDataGiven(options) ? `WEFT_DATA=${given}` : 'WEFT_DATA, which is not set,'} or ${join(cacheFolder(options), set.name)}`
  const what = missing.length === set.files.length ? '' : `${missing.map(({ name }) => name).join(', ')} `
  return {
    id: `data/${set.name}`,
    state: 'lacks',
    text: `${what}not found in ${places} (${bytes}); accepted results and the profile \`quick\` need none`,
    remedy: getIt(set),
    facts: { missing: missing.map(({ name }) => name) },
  }
}

function getIt({ folders, isDownloaded }: FilesOfSet): string {
  const place = `put its files into FOLDER/${folders[0]}, and set WEFT_DATA=FOLDER`
  return isDownloaded ? `the first job that needs it downloads it; or ${place}` : place
}
