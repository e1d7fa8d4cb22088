import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCached } from '../../model/cache-file.ts'
import { isRunning, machineName } from '../../model/machine-name.ts'
import type { Digest } from '../../model/types.ts'
import { writeAtomic } from '../../model/write-atomic.ts'

/**
 * Jobs that were submitted together, in a folder that says all that a later build needs to find them again. Nothing in
 * it is locked: a batch that two builds submit computes some jobs twice, which does no harm.
 */
export interface Batch {
  readonly id: string
  /** Absolute. */
  readonly folder: string
  /** The keys of each task. */
  readonly tasks: readonly (readonly Digest[])[]
  /** Whoever else wants its jobs waits for it: it was submitted, or is about to be. */
  readonly isDecided: boolean
  /** Slurm's id of its array, once it is submitted. */
  readonly arrayId?: string
  /** Its results are its own, not for others. */
  readonly isFresh: boolean
}

const batchFile = 'batch.json'

type BatchFile = Omit<Batch, 'id' | 'folder'> & { readonly format: 1 }

/** Gives a new batch, whose id comes after those of all earlier ones. */
export function newBatch(slurm: string, tasks: Batch['tasks'], isFresh: boolean): Batch {
  const id = `${Date.now().toString(36).padStart(9, '0')}-${randomBytes(4).toString('hex')}`
  return { id, folder: join(slurm, id), tasks, isDecided: false, isFresh }
}

/** Writes a batch, with an empty file of events for each task: a file that is there already is seen at once when it grows. */
export function writeBatch(batch: Batch): void {
  const { folder, tasks, isDecided, arrayId, isFresh } = batch
  mkdirSync(folder, { recursive: true })
  for (const [index, keys] of tasks.entries()) {
    // Once it is submitted, its tasks may read them at any moment.
    if (arrayId === undefined) writeFileSync(join(folder, `${index}.keys`), `${keys.join('\n')}\n`)
    writeFileSync(eventsOf(batch, index), '', { flag: 'a' })
  }
  const file: BatchFile = { format: 1, tasks, isDecided, isFresh, ...(arrayId !== undefined && { arrayId }) }
  writeAtomic(join(folder, batchFile), JSON.stringify(file))
}

/** Reads all batches of a cache, the oldest first. */
export function readBatches(slurm: string): Batch[] {
  return namesIn(slurm).flatMap((id) => readBatch(slurm, id) ?? [])
}

/** Lists the folders that are no batch: a build was ended while it made or removed them. */
export function leftFolders(slurm: string): string[] {
  return namesIn(slurm)
    .map((id) => join(slurm, id))
    .filter((folder) => timeOf(join(folder, batchFile)) === undefined)
}

/** Reads a batch; undefined if it is gone or half written. */
export function readBatch(slurm: string, id: string): Batch | undefined {
  const folder = join(slurm, id)
  const file = readCached<BatchFile>(join(folder, batchFile))
  if (file?.format !== 1) return undefined
  const { format: _, ...rest } = file
  return { id, folder, ...rest }
}

/** Removes the folder of a batch. What a task still writes there may keep it: a later build removes it. */
export function removeBatch({ folder }: Pick<Batch, 'folder'>): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  } catch {}
}

/** The name under which Slurm knows a batch. */
export function nameOf({ id }: Pick<Batch, 'id'>): string {
  return `weft-${id}`
}

export function eventsOf({ folder }: Pick<Batch, 'folder'>, index: number): string {
  return join(folder, `${index}.jsonl`)
}

/** Gives the last line that a task wrote on its console. */
export function lastWordsOf({ folder }: Pick<Batch, 'folder'>, index: number): string {
  try {
    return readFileSync(join(folder, `${index}.out`), 'utf8')
      .trim()
      .split('\n')
      .at(-1)!
      .trim()
  } catch {
    return ''
  }
}

/** The builds that wait for a batch. Each has a file, whose time it renews. */
export interface Waiting {
  /** Says that this build still waits. */
  renew(): void
  leave(): void
  /** Says whether another build waits too. */
  hasOthers(): boolean
}

// A build that was killed leaves its file.
const forgottenMs = 60_000

/** Waits for a batch. Times are those of the folder's own machine, so that clocks need not agree. */
export function waitFor({ folder }: Pick<Batch, 'folder'>): Waiting {
  const own = `${machineName()}-${process.pid}-${randomBytes(3).toString('hex')}.waits`
  const path = join(folder, own)
  let hasLeft = false
  const renew = () => {
    // Slurm may have been asked just before.
    if (hasLeft) return
    try {
      writeFileSync(path, String(process.pid))
    } catch {
      // Another build has removed the batch: its jobs are found missing.
    }
  }
  renew()
  return {
    renew,
    leave() {
      hasLeft = true
      rmSync(path, { force: true })
    },
    hasOthers: () => hasWaiting(folder, own),
  }
}

/** Says whether a build waits for a batch, other than the one whose file is named. */
export function hasWaiting(folder: string, but?: string): boolean {
  const others = namesIn(folder).filter(
    (name) => name.endsWith('.waits') && name !== but && !isOfDeadProcess(name),
  )
  if (others.length === 0) return false
  const now = folderTime(folder)
  return others.some((name) => now - (timeOf(join(folder, name)) ?? 0) < forgottenMs)
}

function isOfDeadProcess(name: string): boolean {
  const [, machine, pid] = /^([0-9a-f]+)-(\d+)-[0-9a-f]+\.waits$/.exec(name) ?? []
  return machine === machineName() && !isRunning(Number(pid))
}

/** Says whether a batch may still be on its way to Slurm: its file was written within a minute. */
export function isNew({ folder }: Pick<Batch, 'folder'>): boolean {
  const written = timeOf(join(folder, batchFile))
  return written !== undefined && folderTime(folder) - written < forgottenMs
}

function folderTime(folder: string): number {
  const path = join(folder, `now-${process.pid}`)
  try {
    writeFileSync(path, '')
    return timeOf(path) ?? Date.now()
  } catch {
    return Date.now()
  } finally {
    rmSync(path, { force: true })
  }
}

function timeOf(path: string): number | undefined {
  try {
    return statSync(path).mtimeMs
  } catch {
    return undefined
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}
