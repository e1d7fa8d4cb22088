import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { keyOf, partsOf } from '../../cache/key.ts'
import { readCached } from '../../model/cache-file.ts'
import { sha256 } from '../../model/digest.ts'
import { pathFrom } from '../../model/paths.ts'
import type { Bundle, Digest, JobRequest, StoredResult, Task } from '../../model/types.ts'
import { writeAtomic } from '../../model/write-atomic.ts'
import type { AskedJob } from '../job-runner.ts'

/** Where jobs are laid for other processes and other machines to run. */
export interface JobFolder {
  /** Absolute folder of the project. */
  readonly root: string
  /** Absolute: `jobs` in the cache of the report. */
  readonly folder: string
}

// Paths are relative to the project, which may have another place on another machine.
interface JobFile {
  readonly format: 1
  readonly key: Digest
  readonly label: string
  readonly request: JobRequest
  readonly parts: StoredResult['parts']
  /** Name -> folder. */
  readonly packages: { readonly [name: string]: string }
}

/** Writes all that a worker needs to run a job: its request, and its code once for all jobs that share it. */
export function writeJobFile({ root, folder }: JobFolder, task: JobTask): void {
  const { key, label, job, map } = task
  const code = join(folder, 'code', `${job.parts.bundle}.json`)
  if (!existsSync(code)) writeAtomic(code, JSON.stringify({ code: task.code, map }))
  const packages = Object.fromEntries(
    Object.entries(task.packages).map(([name, path]) => [name, pathFrom(root, path)]),
  )
  const file: JobFile = { format: 1, key, label, ...job, packages }
  writeAtomic(fileOf(folder, key), JSON.stringify(file))
}

/** The task of a job. */
export type JobTask = Task & Required<Pick<Task, 'job'>>

/** A job that cannot be run as it was written down. */
export class UnusableJob extends Error {}

/**
 * Opens the jobs of a folder. Jobs that share their code get the same bundle, whose packages are read once.
 *
 * The function that it gives reads a job, or gives nothing if the folder has none of that key. It throws `UnusableJob`
 * if the file is damaged, or if the packages that are installed here are not those that the key was made from.
 */
export function openJobFiles({ root, folder }: JobFolder): (key: Digest) => AskedJob | undefined {
  const bundles = new Map<string, Bundle>()
  const bundleOf = ({ parts, packages, request }: JobFile) => {
    const id = JSON.stringify([parts.bundle, packages])
    const known = bundles.get(id) ?? readBundle(folder, parts.bundle!, request.name)
    const folders = Object.entries(packages).map(([name, path]) => [name, resolve(root, path)])
    const bundle = { ...known, packages: Object.fromEntries(folders) }
    if (!bundles.has(id)) bundles.set(id, bundle)
    return bundles.get(id)!
  }
  return (key) => {
    const file = readFile(fileOf(folder, key))
    if (!file) return undefined
    const bundle = bundleOf(file)
    const { label, request, parts } = file
    assertSame(file, partsHere(bundle, request))
    return { key, label, request, bundle, parts }
  }
}

/** Lists the keys of the jobs in a folder. */
export function keysOfJobs({ folder }: Pick<JobFolder, 'folder'>): Digest[] {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).filter((name) => /^[0-9a-f]{64}\.json$/.test(name))
  return names.map((name) => name.slice(0, 64)).sort()
}

/** Gives the digest that names the code of a job; undefined if its file is not there, or damaged. */
export function codeOfJob({ folder }: Pick<JobFolder, 'folder'>, key: Digest): Digest | undefined {
  return readCached<JobFile>(fileOf(folder, key))?.parts?.bundle
}

/** Removes the file of a job whose result is stored. */
export function removeJobFile({ folder }: Pick<JobFolder, 'folder'>, key: Digest): void {
  rmSync(fileOf(folder, key), { force: true })
}

function fileOf(folder: string, key: Digest): string {
  return join(folder, `${key}.json`)
}

function readFile(path: string): JobFile | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new UnusableJob(`Cannot read ${path}: ${(cause as Error).message}`, { cause })
  }
  try {
    const file = JSON.parse(text) as JobFile
    if (file.format === 1) return file
    throw new Error(`expected format 1, found ${file.format}`)
  } catch (cause) {
    throw new UnusableJob(`Cannot use ${path}: ${(cause as Error).message}. ${remedy}`, { cause })
  }
}

function readBundle(folder: string, digest: Digest, label: string): Bundle {
  const path = join(folder, 'code', `${digest}.json`)
  try {
    const { code, map } = JSON.parse(readFileSync(path, 'utf8')) as { code: string; map: string }
    if (sha256(code) !== digest) throw new Error('expected the code that it is named after, found another')
    return { label, code, map, needs: [], params: [], packages: {}, inputs: {} }
  } catch (cause) {
    throw new UnusableJob(`Cannot use ${path}: ${(cause as Error).message}. ${remedy}`, { cause })
  }
}

function partsHere(bundle: Bundle, request: JobRequest): StoredResult['parts'] {
  try {
    return partsOf(bundle, { job: request })
  } catch (cause) {
    throw new UnusableJob(
      `Cannot find the packages of ${request.module}: ${(cause as Error).message}. ${installed}`,
      { cause },
    )
  }
}

function assertSame({ key, parts, label }: JobFile, here: StoredResult['parts']): void {
  if (keyOf(here) === key) return
  const names = [...new Set([...Object.keys(parts), ...Object.keys(here)])]
  const other = names.filter((name) => parts[name] !== here[name]).map((name) => name.replace(':', ' '))
  throw new UnusableJob(
    `Cannot run ${label} here, its ${other.join(', ') || 'key'} differs from when it was listed. ${installed}`,
  )
}

const remedy = 'Write the list again: `weft jobs --missing`'
const installed = 'Expected the same packages as where it was listed: run `npm ci` in one project for all'
