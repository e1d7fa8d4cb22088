import { open, stat, writeFile } from 'node:fs/promises'
import type { LoadOptions } from '../../experiments/data/dataset.ts'
import { inspectH5 } from '../../experiments/data/hdf5.ts'
import type { H5Facts, H5SetInspection, Normalisation } from '../../experiments/data/hdf5-types.ts'
import { readIdxFile } from '../../experiments/data/idx-rows.ts'
import type { Pin } from '../../experiments/data/letters.ts'
import { digestFile } from '../../experiments/data/pinned-file.ts'
import { count } from '../../render/output/format.ts'
import { oneFile, readOptions } from '../read-options.ts'
import { withProgress } from './console.ts'
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

/** The content of a data.h5, after all of it was read. */
interface LetterFacts {
  readonly path: string
  readonly bytes: number
  readonly format: 'hdf5'
  /** The data.h5 itself; it differs from `path` only if that is a zip file. */
  readonly unpacked: { readonly path: string; readonly bytes: number }
  readonly normalisation: Normalisation
  readonly datasets: readonly DatasetFacts[]
}

interface DatasetFacts extends H5Facts {
  /** Number of images of each letter. */
  readonly labels: Readonly<Record<string, number>>
  /** Smallest and greatest stored pixel value. */
  readonly range: readonly [number, number]
}

/**
 * Reads a data.h5, or a data.zip that contains one, and gives facts about it.
 * @throws if the file cannot be used: it is not HDF5, lacks the datasets, has invalid labels, or is truncated
 */
async function inspectLetters(path: string, options: LoadOptions = {}): Promise<LetterFacts> {
  const { path: local, bytes, normalisation, sets } = await inspectH5(path, options)
  const packed = (await stat(path)).size
  const datasets = sets.map(factsOf)
  return { path, bytes: packed, format: 'hdf5', unpacked: { path: local, bytes }, normalisation, datasets }
}

/** Writes facts as text. */
function describeLetters({ path, bytes, unpacked, normalisation, datasets }: LetterFacts): string {
  const inside = unpacked.path === path ? '' : `, unpacked ${count(unpacked.bytes)} bytes`
  return [
    `${path}: ${count(bytes)} bytes, HDF5${inside}; pixels ${normalisation.text}\n`,
    ...datasets.map(describeDataset),
  ].join('')
}

function factsOf({ facts, labelCounts, range }: H5SetInspection): DatasetFacts {
  return { ...facts, labels: letterCounts(labelCounts), range: [range.min, range.max] }
}

function describeDataset({
  dataset,
  shape,
  type,
  littleEndian,
  layout,
  filters,
  labels,
  range,
}: DatasetFacts) {
  const order = type.endsWith('int8') ? '' : littleEndian ? ' little-endian' : ' big-endian'
  const packed = filters.length === 0 ? '' : `, ${filters.join(', ')}`
  return [
    `  ${dataset}  ${shape.map(count).join(' x ')}, ${type}${order}, ${layout}${packed}\n`,
    `    labels  ${describeLabels(labels)}\n`,
    `    pixels  ${range.join(' to ')}\n`,
  ].join('')
}

/** Counts labels 0 to 9 under their letters, `{ A: 20, ... J: 20 }`. */
function countLabels(labels: Uint8Array, path: string): Record<string, number> {
  const counts = Array<number>(10).fill(0)
  for (const [row, label] of labels.entries()) {
    if (label > 9)
      throw new Error(`Cannot use \`${path}\`, expected labels 0 to 9, found ${label} in row ${row}`)
    counts[label]! += 1
  }
  return letterCounts(counts)
}

/** Gives the counts of labels 0 to 9 under their letters. */
function letterCounts(counts: readonly number[]): Record<string, number> {
  return Object.fromEntries(counts.map((number, label) => [String.fromCharCode(65 + label), number]))
}

/** Writes these counts in one line. */
function describeLabels(labels: Readonly<Record<string, number>>): string {
  return Object.entries(labels)
    .map(([letter, number]) => `${letter} ${count(number)}`)
    .join('  ')
}
