import { writeFile } from 'node:fs/promises'
import type { Pin } from '../../experiments/data/letters.ts'
import { digestFile } from '../../experiments/data/pinned-file.ts'
import { oneFile, readOptions } from '../read-options.ts'
import { withProgress } from './console.ts'
import { describeLetters, inspectLetters } from './inspect-letters.ts'
import { writeAside } from './write-aside.ts'

const usualPlace = 'report-src/notmnist-h5.json'

/**
 * Runs `weft data pin`: checks a data.h5 by reading all of it and writes its name, length and SHA-256, which the report
 * then verifies. Gives the text to print.
 */
export async function pin(args: readonly string[], signal: AbortSignal): Promise<string> {
  const { values, positionals } = readOptions(args, { to: { type: 'string' } })
  const { to = usualPlace } = values
  const file = oneFile('pin', positionals)
  return withProgress((report) =>
    writeAside(to, { overwrite: true }, async (temporary) => {
      const facts = await inspectLetters(file, { signal, report })
      const { path, bytes } = facts.unpacked
      const pinned: Pin = { file: 'data.h5', bytes, sha256: await digestFile(path, { signal, report }) }
      await writeFile(temporary, `${JSON.stringify(pinned, null, 2)}\n`, { flag: 'wx', signal })
      return `${describeLetters(facts)}${to}: SHA-256 ${pinned.sha256}\n`
    }),
  )
}
