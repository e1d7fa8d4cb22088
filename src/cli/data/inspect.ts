import { open, stat, writeFile } from 'node:fs/promises'
import { readIdxFile } from '../../experiments/data/idx-rows.ts'
import type { Pin } from '../../experiments/data/letters.ts'
import { digestFile } from '../../experiments/data/pinned-file.ts'
import { count } from '../../render/output/format.ts'
import { oneFile, readOptions } from '../read-options.ts'
import { withProgress } from './console.ts'
import { countLabels, describeLabels, describeLetters, inspectLetters } from './inspect-letters.ts'
import { writeAside } from './write-aside.ts'

/** Runs `weft data inspect`: describes a file as text, or as JSON with --json. Gives the text to print. */
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

/** Says whether a file is idx. An unreadable file is not: the HDF5 reader then gives the reason. */
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

/** The content of an idx file. */
interface IdxFacts {
  readonly path: string
  readonly bytes: number
  readonly format: 'idx'
  readonly shape: readonly number[]
  /** Smallest and greatest byte of images. */
  readonly range?: readonly [number, number]
  /** Number of rows with each of the labels 0 to 9. */
  readonly labels?: Readonly<Record<string, number>>
}

/** Reads an idx file of images or labels and gives facts about it. */
async function inspectIdx(path: string): Promise<{ facts: IdxFacts; text: string }> {
  const { size } = await stat(path)
  const { shape, values } = await readIdxFile(path)
  const facts = { path, bytes: size, format: 'idx' as const, shape }
  const head = `${path}: ${count(size)} bytes, idx, ${shape.map(count).join(' x ')} unsigned bytes\n`
  if (shape.length === 1) {
    const labels = countLabels(values, path)
    return { facts: { ...facts, labels }, text: `${head}  labels  ${describeLabels(labels)}\n` }
  }
  const range = rangeOf(values)
  return { facts: { ...facts, range }, text: `${head}  pixels  ${range[0]} to ${range[1]}\n` }
}

function rangeOf(values: Uint8Array): readonly [number, number] {
  let [least, greatest] = [255, 0]
  for (const value of values) {
    if (value < least) least = value
    if (value > greatest) greatest = value
  }
  return [least, greatest]
}

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
