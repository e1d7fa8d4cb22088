import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { LoadOptions } from './dataset.ts'
import { longBytes, tenths } from './tenths.ts'

/** Computes the SHA-256 of a file in hex, piece by piece; reports progress if the file is long. */
export async function digestFile(path: string, { signal, report }: LoadOptions = {}): Promise<string> {
  const { size } = await stat(path)
  const whole = { name: basename(path), total: size, unit: 'bytes checked' }
  const tell = report && size > longBytes ? tenths(report, whole) : undefined
  const hash = createHash('sha256')
  let done = 0
  for await (const piece of createReadStream(path, { highWaterMark: 2 ** 20, signal })) {
    hash.update(piece as Buffer)
    done += (piece as Buffer).byteLength
    tell?.(done)
  }
  return hash.digest('hex')
}
