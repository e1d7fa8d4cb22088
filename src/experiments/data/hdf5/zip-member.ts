import type { Readable } from 'node:stream'
import type { Entry, ZipFile } from 'yauzl'
import { getFileNameLowLevel, openPromise, validateFileName } from 'yauzl'
import { H5Error, unusable } from './h5-error.ts'

/** The HDF5 file in an archive. */
export interface Member {
  readonly name: string
  /** Size and CRC-32 of the unpacked file, according to the archive. */
  readonly bytes: number
  readonly crc: number
  /** Opens the unpacked file as a stream, which fails if its size is not that in the archive. */
  open(): Promise<Readable>
}

/**
 * Runs `work` with the only HDF5 file of the zip archive at `path`, in any folder of the archive.
 * @throws H5Error `zip-is-whole`, `zip-has-one`, `zip-is-open`, `zip-is-packed-well`, `zip-stays-inside`
 */
export async function withMember<T>(path: string, work: (member: Member) => Promise<T>): Promise<T> {
  const zip = await openPromise(path, { autoClose: false, decodeStrings: false }).catch((cause) => {
    throw damaged(path, cause)
  })
  try {
    const { entry, name } = await findMember(zip, path)
    const open = () =>
      zip.openReadStreamPromise(entry).catch((cause) => {
        throw damaged(path, cause)
      })
    return await work({ name, bytes: entry.uncompressedSize, crc: entry.crc32, open })
  } finally {
    zip.close()
  }
}

interface NamedEntry {
  readonly entry: Entry
  readonly name: string
}

/** Finds the HDF5 file in a zip. */
async function findMember(zip: ZipFile, path: string): Promise<NamedEntry> {
  const found: NamedEntry[] = []
  const entries = zip.eachEntry()
  for (;;) {
    const { value: entry, done } = await entries.next().catch((cause) => {
      throw damaged(path, cause)
    })
    if (done) break
    const name = nameOf(entry)
    if (validateFileName(name) !== null) {
      const expected = 'members that stay inside it'
      throw unusable(path, 'zip-stays-inside', { expected, found: `\`${name}\`` })
    }
    if (isHdf5(name)) found.push({ entry, name })
  }
  const [member] = found
  if (!member || found.length > 1) {
    const names = found.map(({ name }) => `\`${name}\``).join(', ')
    throw unusable(path, 'zip-has-one', { expected: 'one `.h5` or `.hdf5` in it', found: names || 'none' })
  }
  if (member.entry.isEncrypted()) throw encrypted(path, `\`${member.name}\` encrypted`)
  checkPacking(path, member)
  return member
}

/** Names of other compression methods (APPNOTE.TXT 4.4.5). */
const otherMethods: Readonly<Record<number, string>> = {
  9: 'deflate64',
  12: 'bzip2',
  14: 'lzma',
  93: 'zstd',
  95: 'xz',
}

/** Throws if the member is packed in a way that cannot be read. */
function checkPacking(path: string, { name, entry: { compressionMethod: method } }: NamedEntry): void {
  if (method === 0 || method === 8) return
  const expected = `\`${name}\` packed by deflate or not at all`
  const found = `${otherMethods[method] ?? `method ${method}`}, which is not supported`
  throw unusable(path, 'zip-is-packed-well', { expected, found })
}

/** Gives the name with slashes, whatever program made the archive. */
function nameOf({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string {
  return getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false)
}

/** Skips the additional file that macOS adds for each file, such as `__MACOSX/._data.h5`. */
function isHdf5(name: string): boolean {
  const parts = name.split('/')
  return /\.(h5|hdf5)$/i.test(name) && parts[0] !== '__MACOSX' && !parts.at(-1)?.startsWith('._')
}

/** Gives the error for a zip that is broken. */
function damaged(path: string, cause: unknown): H5Error {
  if (cause instanceof H5Error) return cause
  const { message } = cause as Error
  // yauzl refuses this archive before it gives the name of a member.
  if (message.startsWith('strong encryption')) return encrypted(path, message)
  return unusable(path, 'zip-is-whole', {
    expected: 'a whole zip archive',
    found: `damage: ${message}`,
    cause,
  })
}

/** Gives the error for a zip that needs a password. */
function encrypted(path: string, found: string): H5Error {
  return unusable(path, 'zip-is-open', { expected: 'an archive without a password', found })
}
