import { existsSync, readFileSync } from 'node:fs'
import { extname, join, posix, sep } from 'node:path'
import { dataFile } from '../bundle/data/data-kinds.ts'
import { sha256 } from '../model/digest.ts'
import { pathFrom } from '../model/paths.ts'
import type { Bundle, Report } from '../model/types.ts'
import type { Attachment } from '../print/attach-files.ts'
import { isData } from './gather-origins.ts'

/** Size limit of an attached data file that code imports, in bytes. */
export const mostDataBytes = 100_000

/** The files that a report was made from. */
interface Sources {
  readonly report: Report
  /** The input files of each cell's code, relative to the root. */
  readonly inputs: Iterable<Bundle['inputs']>
  /** Absolute path of the lock, and its text; undefined if nothing is accepted. */
  readonly lock: { readonly path: string; readonly text: string } | undefined
  /** Whether to attach other files of the project besides the chapters. */
  readonly carriesProject: boolean
  /** Texts that the build made from them, by name. */
  readonly made: Readonly<Record<string, string>>
}

/**
 * Lists the attachments of a PDF: chapters, bibliography, styles, lock, every module of the project that its cells
 * import, and the texts that the build made. It omits files outside the project, installed packages, large data files,
 * and modules that have changed since they were bundled.
 */
export function attachmentsOf({ report, inputs, lock, made, carriesProject }: Sources): Attachment[] {
  const { root, folder, front, files } = report
  // An untrusted report may not attach files that it may not read: attach only what was already read.
  if (!carriesProject) return [...madeOf(made), ...chaptersOf(files)].filter(({ name }) => isInside(name))
  const all: Attachment[] = [
    ...madeOf(made),
    ...chaptersOf(files),
    ...[
      ...(front.bibliography ?? []),
      ...(front.csl === undefined ? [] : [front.csl]),
      ...(front.css ?? []),
    ].flatMap((name) => read(root, pathFrom(root, join(folder, name)))),
    ...(lock ? [attachment(pathFrom(root, lock.path), Buffer.from(lock.text), 'Data')] : []),
    ...Object.entries(modulesOf(inputs)).flatMap(([name, digest]) => unchanged(root, name, digest)),
  ]
  const once = new Map(all.reverse().map((one) => [one.name, one]))
  return [...once.values()].filter(({ name }) => isInside(name))
}

function madeOf(made: Sources['made']): Attachment[] {
  return Object.entries(made).map(([name, text]) => attachment(name, Buffer.from(text), 'Data'))
}

// The texts as they were read, so that line ends do not depend on the checkout.
function chaptersOf(files: Report['files']): Attachment[] {
  return files.map((file) => attachment(file.path, Buffer.from(String(file)), 'Source'))
}

// Many cells read the same modules, so each is listed once.
function modulesOf(inputs: Sources['inputs']): Bundle['inputs'] {
  return Object.fromEntries([...inputs].flatMap((one) => Object.entries(one)))
}

function attachment(path: string, bytes: Uint8Array, relationship: Attachment['relationship']): Attachment {
  const name = path.split(sep).join('/')
  return { name, type: types[extname(name)] ?? 'text/plain', relationship, bytes }
}

const types: { readonly [ending: string]: string } = {
  '.md': 'text/markdown',
  '.json': 'application/json',
  '.bib': 'application/x-bibtex',
  '.csl': 'application/vnd.citationstyles.style+xml',
  '.csv': 'text/csv',
  '.tsv': 'text/tab-separated-values',
  '.jsonl': 'application/jsonl',
  '.ndjson': 'application/x-ndjson',
  '.parquet': 'application/vnd.apache.parquet',
  '.arrow': 'application/vnd.apache.arrow.file',
  '.feather': 'application/vnd.apache.arrow.file',
  '.sqlite': 'application/vnd.sqlite3',
  '.sqlite3': 'application/vnd.sqlite3',
  '.db': 'application/vnd.sqlite3',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
}

function unchanged(root: string, name: string, digest: string): Attachment[] {
  return read(root, name).filter(
    ({ bytes }) => sha256(bytes) === digest && (!isData(name) || bytes.length <= mostDataBytes),
  )
}

function read(root: string, name: string): Attachment[] {
  const path = join(root, name)
  if (!isInside(name.split(sep).join('/')) || !existsSync(path)) return []
  return [
    attachment(
      name,
      readFileSync(path),
      /\.(json|txt)$/.test(name) || dataFile.test(name) ? 'Data' : 'Source',
    ),
  ]
}

function isInside(name: string): boolean {
  const isOutside = posix.isAbsolute(name) || /^[A-Za-z]:/.test(name)
  return !isOutside && !/(^|\/)(\.\.|node_modules)(\/|$)/.test(name)
}
