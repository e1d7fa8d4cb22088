import { existsSync, mkdirSync, renameSync, rmSync, statfsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Peer } from './peer.ts'
import type { Runner } from './runner.ts'

/** A data.h5 to load. */
export interface DataFile {
  readonly name: string
  readonly writer: 'convert' | 'h5py'
  readonly packing: 'contiguous' | 'gzip'
}

export const dataFiles: readonly DataFile[] = [
  { name: 'contiguous by convert', writer: 'convert', packing: 'contiguous' },
  { name: 'contiguous by h5py', writer: 'h5py', packing: 'contiguous' },
  { name: 'gzip by convert', writer: 'convert', packing: 'gzip' },
  { name: 'gzip by h5py', writer: 'h5py', packing: 'gzip' },
]

/** The file that others are made from and that the networks are trained on. */
export const mainFile = dataFiles[0]!

interface MakeOptions {
  readonly folder: string
  /** Rows of the training set; the test set has 8.5 % of that number. */
  readonly rows: number
  readonly runner: Runner
  /** Absent if h5py writes no file. */
  readonly peer: Peer | undefined
}

/** Gives the path of a file, which has its own folder: `gzip-by-h5py-200000/data.h5`. */
export function pathOf({ name }: DataFile, { folder, rows }: Pick<MakeOptions, 'folder' | 'rows'>): string {
  return join(folder, `${name.replaceAll(' ', '-')}-${rows}`, 'data.h5')
}

/**
 * Makes the missing files; an existing file is always complete.
 * @throws if the disk is too small for them
 */
export async function makeFiles(files: readonly DataFile[], options: MakeOptions): Promise<void> {
  const needed = dataFiles.filter((file) => file === mainFile || files.includes(file))
  const missing = needed.filter((file) => !existsSync(pathOf(file, options)))
  mkdirSync(options.folder, { recursive: true })
  assertRoom(missing, options)
  for (const file of missing) {
    console.log(`making ${pathOf(file, options)}`)
    await make(file, options)
  }
}

function assertRoom(missing: readonly DataFile[], { folder, rows }: MakeOptions): void {
  // Compressed by gzip, a file takes about a fifth.
  const shares = missing.map(({ packing }) => (packing === 'gzip' ? 0.25 : 1))
  const needed = shares.reduce((sum, share) => sum + share, 0) * (rows + testRows(rows)) * 785 * 8
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize >= needed) return
  const [wanted, found] = [needed, bavail * bsize].map((bytes) => `${(bytes / 1e9).toFixed(1)} GB`)
  throw new Error(
    `Cannot make data files in ${folder}, expected ${wanted} of free disk, found ${found}: name another folder by --folder, or less by --rows`,
  )
}

async function make(file: DataFile, options: MakeOptions): Promise<void> {
  const { rows, runner, peer } = options
  const path = pathOf(file, options)
  const temporary = `${path}.part`
  rmSync(dirname(path), { recursive: true, force: true })
  mkdirSync(dirname(path), { recursive: true })
  if (file.writer === 'h5py') await peer!.run('write', pathOf(mainFile, options), temporary, file.packing)
  else {
    const source = ['--stand-in', String(rows), '--test', String(testRows(rows))]
    const packing = file.packing === 'gzip' ? ['--chunked', '--gzip'] : []
    await runWeft(runner, 'convert', '--to', temporary, ...source, ...packing)
  }
  renameSync(temporary, path)
}

/** Runs `weft data ...` of the built library. */
export function runWeft(runner: Runner, ...args: readonly string[]): Promise<string> {
  const program = fileURLToPath(new URL('../../lib/cli.js', import.meta.url))
  return runner.run(process.execPath, [program, 'data', ...args])
}

function testRows(rows: number): number {
  return Math.ceil(rows * 0.085)
}
