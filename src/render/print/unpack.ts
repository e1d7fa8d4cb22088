import { createHash, type Hash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join, normalize, sep } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'
import { extract } from 'tar-stream'

/** A file as it was unpacked, to find damage later. */
export interface Unpacked {
  /** Relative to the folder, with `/`. */
  readonly path: string
  readonly bytes: number
  readonly sha256: string
}

/** Writes a brotli-compressed file as one executable file. */
export async function writeBrotli(
  source: string,
  folder: string,
  path: string,
): Promise<readonly Unpacked[]> {
  return [await writeFile([createReadStream(source), createBrotliDecompress()], folder, path, 0o755)]
}

/** Writes the regular files of a brotli-compressed tar archive below `into`, a path in the folder. */
export async function writeBrotliTar(
  source: string,
  folder: string,
  into: string,
): Promise<readonly Unpacked[]> {
  const archive = extract()
  const reading = pipeline(createReadStream(source), createBrotliDecompress(), archive)
  // A broken archive ends the loop below with the same error.
  reading.catch(() => undefined)
  const files: Unpacked[] = []
  for await (const entry of archive) {
    const path = normalize(join(into, entry.header.name))
    if (entry.header.type !== 'file' || path.startsWith('..')) entry.resume()
    else files.push(await writeFile([entry as unknown as Readable], folder, path, entry.header.mode ?? 0o644))
  }
  await reading
  return files
}

async function writeFile(
  content: readonly [Readable, ...Transform[]],
  folder: string,
  path: string,
  mode: number,
): Promise<Unpacked> {
  const target = join(folder, path)
  await mkdir(dirname(target), { recursive: true })
  const hash = createHash('sha256')
  let bytes = 0
  const tap = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      hash.update(chunk)
      done(null, chunk)
    },
  })
  await pipeline([...content, tap, createWriteStream(target, { mode: mode | 0o600 })])
  return { path: path.split(sep).join('/'), bytes, sha256: hash.digest('hex') }
}

/** Computes the SHA-256 of a file of any size. */
export async function readDigest(path: string): Promise<string> {
  const hash: Hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
