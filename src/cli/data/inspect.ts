import { open } from 'node:fs/promises'
import { inspectIdx } from './inspect-idx.ts'
import { describeLetters, inspectLetters } from './inspect-letters.ts'
import { withProgress } from './progress-line.ts'
import { oneFile, readOptions } from './read-options.ts'

/** Runs `weft data inspect`: says what a file holds, as text or with --json. Gives what to print. */
export async function inspect(args: readonly string[], signal: AbortSignal): Promise<string> {
  const { values, positionals } = readOptions(args, { json: { type: 'boolean' } })
  const path = oneFile('inspect', positionals)
  if (await isIdx(path)) {
    const { facts, text } = await inspectIdx(path)
    return values.json ? json(facts) : text
  }
  const facts = await withProgress((report) => inspectLetters(path, { signal, report }))
  return values.json ? json(facts) : describeLetters(facts)
}

/** What cannot be read at all is none: the reader of HDF5 says why. */
async function isIdx(path: string): Promise<boolean> {
  const head = Buffer.alloc(4)
  const file = await open(path).catch(() => undefined)
  try {
    await file?.read(head, 0, 4, 0)
  } catch {
    return false
  } finally {
    await file?.close()
  }
  return head.readUInt16BE(0) === 0x1f8b || [0x0801, 0x0803].includes(head.readUInt32BE(0))
}

function json(facts: unknown): string {
  return `${JSON.stringify(facts, null, 2)}\n`
}
