import { stat } from 'node:fs/promises'
import { readIdxFile } from '../../experiments/data/idx-rows.ts'
import { count } from './count.ts'
import { countLabels, describeLabels } from './label-counts.ts'

/** What an idx file holds. */
export interface IdxFacts {
  readonly path: string
  readonly bytes: number
  readonly format: 'idx'
  readonly shape: readonly number[]
  /** Least and greatest byte, of images. */
  readonly range?: readonly [number, number]
  /** How many of each, of labels 0 to 9. */
  readonly labels?: Readonly<Record<string, number>>
}

/** Reads an idx file of images or labels and tells of it. */
export async function inspectIdx(path: string): Promise<{ facts: IdxFacts; text: string }> {
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
