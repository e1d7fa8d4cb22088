import { createReadStream } from 'node:fs'
import { median } from '../median.ts'
import { worker } from './bundle.ts'
import type { DataFile } from './data-files.ts'
import { pathOf } from './data-files.ts'
import type { Peer } from './peer.ts'
import type { Runner } from './runner.ts'

/** The time in which an implementation loads a file: medians over the rounds. */
export interface Loading {
  readonly file: DataFile
  readonly implementation: string
  readonly seconds: number
  readonly lowest: number
  readonly highest: number
  /** CPU time of all threads. */
  readonly cpuSeconds: number
  /** Ratio to h5py's seconds in the same round; absent without h5py. */
  readonly ratio?: number
  /** Maximum over all rounds. */
  readonly peakBytes: number
}

interface Options {
  readonly folder: string
  readonly rows: number
  readonly rounds: number
  readonly runner: Runner
  readonly peer: Peer | undefined
}

/** The implementation that goals are relative to: it reads a few rows at a time, as Weft does. */
export const yardstick = 'h5py in slices'

interface Sample {
  readonly seconds: number
  readonly cpuSeconds: number
  readonly peakBytes: number
  /** Digest of all loaded data. */
  readonly digest: string
}

/**
 * Loads files, each time in a fresh process, with all implementations in turn.
 * @throws if two implementations load different images or labels
 */
export async function measureLoading(files: readonly DataFile[], options: Options): Promise<Loading[]> {
  const found = new Map(files.map((file) => [file, new Map<string, Sample[]>()]))
  for (const file of files) await readThrough(pathOf(file, options))
  for (let round = 0; round < options.rounds; round++) {
    for (const [file, samples] of found) {
      for (const [name, load] of implementations(options)) {
        const sample: Sample = JSON.parse(await load(pathOf(file, options)))
        samples.set(name, [...(samples.get(name) ?? []), sample])
      }
    }
  }
  return [...found].flatMap(([file, samples]) => summary(file, samples))
}

/** Reads the file once, so that even the first implementation finds it in the system's cache. */
async function readThrough(path: string): Promise<void> {
  for await (const _ of createReadStream(path, { highWaterMark: 2 ** 20 }));
}

function implementations({ runner, peer }: Options): [string, (path: string) => Promise<string>][] {
  return [
    ['weft', (path) => runner.run(process.execPath, [worker('load-worker'), path])],
    ...(peer
      ? ([
          [yardstick, (path) => peer.run('load', path, 'sliced')],
          ['h5py at once', (path) => peer.run('load', path, 'whole')],
        ] satisfies [string, (path: string) => Promise<string>][])
      : []),
  ]
}

function summary(file: DataFile, samples: ReadonlyMap<string, readonly Sample[]>): Loading[] {
  const digests = new Set([...samples.values()].flat().map(({ digest }) => digest))
  if (digests.size > 1)
    throw new Error(`Cannot compare how ${file.name} loads, expected the same images, found different ones`)
  const peers = samples.get(yardstick)
  return [...samples].map(([implementation, all]) => {
    const each = all.map(({ seconds }) => seconds)
    return {
      file,
      implementation,
      seconds: median(each),
      lowest: Math.min(...each),
      highest: Math.max(...each),
      cpuSeconds: median(all.map(({ cpuSeconds }) => cpuSeconds)),
      ...(peers ? { ratio: median(each.map((seconds, round) => seconds / peers[round]!.seconds)) } : {}),
      peakBytes: Math.max(...all.map(({ peakBytes }) => peakBytes)),
    }
  })
}
