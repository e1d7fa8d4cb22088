import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { readCount } from './count-option.ts'
import { makeBundles, removeBundles } from './data/bundle.ts'
import type { DataFile } from './data/data-files.ts'
import { dataFiles, makeFiles } from './data/data-files.ts'
import type { Network } from './data/epochs.ts'
import { networks } from './data/epochs.ts'
import { measureLoading } from './data/loading.ts'
import type { Peer } from './data/peer.ts'
import { openPeer } from './data/peer.ts'
import { printEpochs } from './data/print-epochs.ts'
import { printLoading } from './data/print-loading.ts'
import { Runner } from './data/runner.ts'

export const options = {
  /** Folder in which the data files are made and kept. Default: a temporary folder. */
  folder: { type: 'string' },
  /** File for rows {file, implementation, ...} and {network, threads, ...}. */
  json: { type: 'string' },
  /** Part of the name of a file or a network; may be repeated. */
  only: { type: 'string', multiple: true },
  /** Rounds of loading. */
  rounds: { type: 'string' },
  /** Rows of the training set. */
  rows: { type: 'string' },
} as const

interface Given {
  readonly folder?: string
  readonly json?: string
  readonly only?: readonly string[]
  readonly rounds?: string
  readonly rows?: string
}

/**
 * Compares the loading of a data.h5 of a course's size with h5py, if that is installed, and trains each network of
 * Part B on it for one epoch.
 */
export async function bench({ folder, json, only, rounds = '3', rows = '200000' }: Given): Promise<void> {
  const wanted = choose(only)
  const count = { rounds: readCount('--rounds', rounds), rows: readCount('--rows', rows) }
  const runner = new Runner()
  const place = folder === undefined ? mkdtempSync(join(tmpdir(), 'weft-bench-')) : resolve(folder)
  const clear = () => {
    runner.kill()
    removeBundles()
    if (folder === undefined) rmSync(place, { recursive: true, force: true })
  }
  process.once('exit', clear)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => process.exit(128 + constants.signals[signal]))
  try {
    // 1. Make the files.
    const peer = await findPeer(runner)
    const files = wanted.files.filter(({ writer }) => peer || writer !== 'h5py')
    const options = { ...count, folder: place, runner, peer }
    await makeFiles(files, options)
    await makeBundles()
    const written: object[] = []
    const write = (...more: readonly object[]) => {
      written.push(...more)
      if (json !== undefined) writeFileSync(json, `${JSON.stringify(written, null, 2)}\n`)
    }
    // 2. Load them.
    if (files.length > 0) {
      const loadings = await measureLoading(files, options)
      printLoading(loadings, count.rows)
      write(...loadings.map((each) => ({ ...each, file: each.file.name })))
    }
    // 3. Train each network for one epoch.
    if (wanted.networks.length > 0) {
      for await (const each of printEpochs(wanted.networks, options))
        write({ ...each, network: each.network.name, samplesPerSecond: each.rows / each.epochSeconds })
    }
  } finally {
    clear()
  }
}

function choose(only: readonly string[] | undefined): {
  files: readonly DataFile[]
  networks: readonly Network[]
} {
  if (!only) return { files: dataFiles, networks }
  const all = [...dataFiles, ...networks]
  const unknown = only.find((part) => !all.some(({ name }) => name.includes(part)))
  if (unknown !== undefined) {
    const names = all.map(({ name }) => `\n  ${name}`).join('')
    throw new Error(`Unexpected --only ${unknown}, expected a part of one of these names:${names}`)
  }
  const isWanted = ({ name }: { readonly name: string }) => only.some((part) => name.includes(part))
  return { files: dataFiles.filter(isWanted), networks: networks.filter(isWanted) }
}

async function findPeer(runner: Runner): Promise<Peer | undefined> {
  try {
    const peer = await openPeer(runner)
    console.log(`measured by ${peer.title}`)
    return peer
  } catch (cause) {
    console.log(`Weft alone: ${(cause as Error).message} (Debian: python3-h5py)`)
    return undefined
  }
}
