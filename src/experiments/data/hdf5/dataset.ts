import type { Filter, Metadata } from 'h5wasm/node'
import type { Split } from '../dataset.ts'
import type { H5Facts } from '../hdf5-types.ts'
import type { ElementType } from './element-type.ts'
import { elementType } from './element-type.ts'
import { checkFilters, filterName } from './filters.ts'
import type { H5Error } from './h5-error.ts'
import { unusable } from './h5-error.ts'
import type { H5File } from './h5-file.ts'
import type { Layout } from './layout.ts'
import { findLayout } from './layout.ts'
import { objectTypes, quietly, WasmError } from './wasm.ts'

export const pixelCount = 784
export const columnCount = 785
const mostRows = 10_000_000

/** A dataset of an open file that is a table of numbers with the right shape. */
export interface H5Dataset {
  readonly file: H5File
  readonly facts: H5Facts
  readonly type: ElementType
  readonly rows: number
  /** Number of rows in a chunk. */
  readonly chunkRows: number
  /** The folder of the plugins that undo its filters, if it needs any. */
  readonly plugins: string | undefined
}

/** The dataset names in the course's file. */
const datasetNames = { train: 'trainData', test: 'testData' } as const satisfies Record<Split, string>

/** All splits. */
export const allSplits: readonly Split[] = ['train', 'test']

/**
 * Finds a dataset and checks everything in its description.
 * @throws H5Error `has-datasets`, `is-dataset`, `is-numeric`, `has-785-columns`, `has-rows`, `is-bounded`,
 * `has-known-filters`, `has-own-elements`, `is-filled`, `is-whole`
 */
export function describeDataset(file: H5File, split: Split): H5Dataset {
  const { wasm, id, superblock } = file
  const name = datasetNames[split]
  checkKind(file, name)
  const layout = superblock && findLayout(file.handle.fd, superblock, name)
  if (layout?.kind === 'external') throw elsewhere(file, name, 'a list of raw files')
  checkEnd(file, name, layout)
  const metadata = ask(file, name, () => wasm.get_dataset_metadata(id, name))
  const filters = ask(file, name, () => wasm.get_dataset_filters(id, name))
  const type = checkType(file, name, metadata)
  const rows = countRows(file, name, metadata.shape)
  const plugins = checkFilters(file, name, filters)
  const { virtual_sources: sources } = metadata
  if (sources) throw elsewhere(file, name, linksTo(sources.map((source) => source.file_name)))
  checkFilled(file, { name, type, rows, metadata, layout })
  const facts = factsOf({ name, split, type, rows, metadata, filters, layout })
  return { file, type, rows, chunkRows: metadata.chunks?.[0] ?? 1, plugins, facts }
}

interface Description {
  readonly name: string
  readonly split: Split
  readonly type: ElementType
  readonly rows: number
  readonly metadata: Metadata
  readonly filters: readonly Filter[]
  readonly layout: Layout | undefined
}

/** Gives what is told of a dataset. */
function factsOf({ name, split, type, rows, metadata, filters, layout }: Description): H5Facts {
  const { chunks } = metadata
  const isRaw = layout?.bytes === rows * columnCount * type.bytes && filters.length === 0
  return {
    dataset: name,
    split,
    shape: [rows, columnCount],
    type: type.name,
    littleEndian: type.littleEndian,
    layout: chunks ? `chunked ${chunks.join(' x ')}` : (layout?.kind ?? 'contiguous'),
    filters: filters.map(filterName),
    ...(isRaw && layout?.offset !== undefined && { offset: layout.offset }),
  }
}

/** Throws unless a name is that of a dataset. */
function checkKind(file: H5File, name: string): void {
  const { wasm, id, name: path } = file
  // `get_type` returns -1 for a missing object, which is no failure.
  let kind: number = objectTypes.missing
  ask(file, name, () => {
    kind = wasm.get_type(id, name)
  })
  if (kind === objectTypes.dataset) return
  if (kind === objectTypes.softLink) {
    const found = `a link to \`${wasm.get_symbolic_link(id, name)}\`, which is not there`
    throw unusable(path, 'is-dataset', { expected: `a dataset \`${name}\``, found })
  }
  if (kind !== objectTypes.missing) {
    // `get_type` reports a damaged object as a group, too.
    if (kind === objectTypes.group) ask(file, name, () => wasm.get_names(id, name, false))
    const found = kind === objectTypes.group ? 'a group' : 'something else'
    throw unusable(path, 'is-dataset', { expected: `a dataset \`${name}\``, found })
  }
  const names = quietly(wasm, () => wasm.get_names(id, '/', false))
  const found = names.length === 0 ? 'nothing' : names.map((other) => `\`${other}\``).join(', ')
  throw unusable(path, 'has-datasets', { expected: `a dataset \`${name}\``, found })
}

/** Asks h5wasm a question; a failure means that the file is damaged. */
function ask<T>(file: H5File, name: string, question: () => T): T {
  const { wasm, name: path } = file
  try {
    return quietly(wasm, question)
  } catch (cause) {
    if (cause instanceof WasmError && cause.wanted) throw elsewhere(file, name, linksTo([cause.wanted]))
    const found = (cause as Error).message
    throw unusable(path, 'is-whole', { expected: `a description of \`${name}\``, found, cause })
  }
}

/** Gives the type of the elements; throws unless they are numbers. */
function checkType({ name: path }: H5File, name: string, metadata: Metadata): ElementType {
  const type = elementType(metadata)
  if (typeof type !== 'string') return type
  throw unusable(path, 'is-numeric', { expected: `integers or floats in \`${name}\``, found: type })
}

/** Counts the rows; throws unless each has the pixels of an image and a label. */
function countRows({ name: path }: H5File, name: string, shape: Metadata['shape']): number {
  if (shape?.length !== 2 || shape[1] !== columnCount) {
    const expected = `${columnCount} columns in \`${name}\`, ${pixelCount} pixels and a label`
    const found = shape ? `shape [${shape.join(', ')}]` : 'no shape'
    const isTransposed = shape?.length === 2 && shape[0] === columnCount
    const cure = ": transposed, write it anew with a row for each image (`data.T` in h5py, `data'` in MATLAB)"
    throw unusable(path, 'has-785-columns', { expected, found: isTransposed ? found + cure : found })
  }
  const rows = shape[0] ?? 0
  if (rows === 0) throw unusable(path, 'has-rows', { expected: `rows in \`${name}\``, found: 'none' })
  if (rows > mostRows) {
    const expected = `at most ${mostRows} rows in \`${name}\``
    throw unusable(path, 'is-bounded', { expected, found: String(rows) })
  }
  return rows
}

/** Elements that were never written read as zeros, which would be black letters A. */
function checkFilled(
  { name: path }: H5File,
  {
    name,
    type,
    rows,
    metadata: { chunks },
    layout,
  }: Pick<Description, 'name' | 'type' | 'rows' | 'metadata' | 'layout'>,
): void {
  const refuse = (wanted: number, written: number, what: string) => {
    const expected = `${wanted} ${what} of \`${name}\``
    throw unusable(path, 'is-filled', { expected, found: `${written}: it was not filled` })
  }
  if (layout?.kind === 'contiguous') {
    const bytes = rows * columnCount * type.bytes
    if (layout.bytes !== undefined && layout.bytes < bytes) refuse(bytes, layout.bytes, 'bytes')
  }
  if (!chunks || layout?.chunks === undefined) return
  const wanted = Math.ceil(rows / chunks[0]!) * Math.ceil(columnCount / chunks[1]!)
  if (layout.chunks < wanted) refuse(wanted, layout.chunks, 'chunks')
}

/**
 * Creates the error for elements that are in other files: virtual datasets, external links and raw files. A digest of
 * the file would not cover them.
 */
export function elsewhere({ name: path }: H5File, name: string, found: string): H5Error {
  return unusable(path, 'has-own-elements', { expected: `\`${name}\` in the file itself`, found })
}

/** Lists the files that contain the elements. */
export function linksTo(files: readonly string[]): string {
  return `links to ${files.map((file) => `\`${file}\``).join(', ')}`
}

/** Throws if the file ends before the dataset does. */
function checkEnd({ bytes, name: path }: H5File, name: string, layout: Layout | undefined): void {
  if (layout?.offset === undefined || layout.bytes === undefined) return
  const end = layout.offset + layout.bytes
  if (end <= bytes) return
  const found = `${bytes}: truncated`
  throw unusable(path, 'is-whole', { expected: `${end} bytes, where \`${name}\` ends`, found })
}
