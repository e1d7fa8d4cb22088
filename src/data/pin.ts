import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import type { Pin } from '../experiments/data/letters.ts'
import { describeLetters, inspectLetters } from './inspect-letters.ts'
import { oneFile, readOptions } from './read-options.ts'
import { writeAside } from './write-aside.ts'

const usualPlace = 'report-src/notmnist-h5.json'

/**
 * Runs `weft data pin`: checks a data.h5 by reading it whole and writes its name, length and SHA-256, which the
 * report then holds it to. Gives what to print.
 */
export async function pin(args: readonly string[], signal: AbortSignal): Promise<string> {
  const { values, positionals } = readOptions(args, { to: { type: 'string' } })
  const { to = usualPlace } = values
  const facts = await inspectLetters(oneFile('pin', positionals), signal)
  const { path, bytes } = facts.unpacked
  const pinned: Pin = { file: 'data.h5', bytes, sha256: await digestOf(path, signal) }
  await writeAside(to, { overwrite: true }, (temporary) =>
    writeFile(temporary, `${JSON.stringify(pinned, null, 2)}\n`, { flag: 'wx', signal }),
  )
  return `${describeLetters(facts)}${to}: SHA-256 ${pinned.sha256}\n`
}

async function digestOf(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path, { highWaterMark: 2 ** 20, signal })) hash.update(piece)
  return hash.digest('hex')
}
