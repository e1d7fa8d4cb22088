import type { Filter, Metadata } from 'h5wasm/node'

/** The part of h5wasm's low-level module that Weft uses; its own types omit `_malloc` and HEAPU8. */
export interface Wasm {
  readonly HEAPU8: Uint8Array
  _malloc(bytes: number): number
  _free(pointer: number): void
  open(path: string, mode: number, trackOrder: boolean, lowest: number, highest: number): bigint
  close_file(file: bigint): number
  get_type(file: bigint, path: string): number
  get_symbolic_link(file: bigint, path: string): string | null
  get_external_link(file: bigint, path: string): { readonly filename?: string }
  get_names(file: bigint, path: string, recursive: boolean): string[]
  get_dataset_metadata(file: bigint, path: string): Metadata
  get_dataset_filters(file: bigint, path: string): Filter[]
  get_dataset_data(
    file: bigint,
    path: string,
    count: bigint[],
    offset: bigint[],
    strides: bigint[],
    pointer: bigint,
  ): number
  get_plugin_search_paths(): string[]
  insert_plugin_search_path(path: string, index: number): number
  onAbort: ((what: unknown) => void) | undefined
  readonly FS: {
    write: WriteToStream
    open: (path: string, ...rest: unknown[]) => unknown
    readonly ErrnoError: new (errno: number) => Error
  }
}

type WriteToStream = (stream: { fd?: number }, bytes: Uint8Array, start: number, length: number) => number

/** The return values of `get_type`. */
export const objectTypes = { missing: -1, group: 0, dataset: 1, softLink: 3, externalLink: 4 } as const

/** The C library's code for "no such file". */
const noSuchFile = 44

/** Loads h5wasm only when a file is read, because it has 4 MB of code. */
export async function loadWasm(): Promise<Wasm> {
  const { ready } = await import('h5wasm/node')
  return (await ready) as unknown as Wasm
}

/** A failure of the HDF5 library, with its own message. */
export class WasmError extends Error {
  /** Another file that it tried to open. */
  readonly wanted: string | undefined

  constructor(message: string, { wanted, ...options }: ErrorOptions & { wanted?: string } = {}) {
    super(message, options)
    this.wanted = wanted
  }
}

/**
 * Runs `work`, which calls HDF5, and gives its result. HDF5 does not throw: it prints pages of HDF5-DIAG to stderr and
 * returns a negative number. Here neither it nor its plugins print anything, and the innermost line of that output becomes the error. A file
 * may name other files on the disk that hold its elements: they are not opened, unless `mayOpen` says so.
 * @throws WasmError if `work` throws, gives a negative number or tries to open a file
 */
export function quietly<T>(wasm: Wasm, work: () => T, mayOpen: (path: string) => boolean = () => false): T {
  const { onAbort } = wasm
  const { write, open } = wasm.FS
  let said = ''
  let wanted: string | undefined
  wasm.FS.open = (path, ...rest) => {
    if (mayOpen(path)) return open.call(wasm.FS, path, ...rest)
    wanted ??= path
    throw new wasm.FS.ErrnoError(noSuchFile)
  }
  wasm.FS.write = function (this: unknown, ...args) {
    const [stream, bytes, start, length] = args
    if (stream.fd !== 1 && stream.fd !== 2) return write.apply(this, args)
    said += Buffer.from(bytes.subarray(start, start + length)).toString()
    return length
  }
  // It throws here before the module prints the reason and refuses all further work.
  wasm.onAbort = (what) => {
    // Plugins lack the function that they would report a failure with.
    throw new Error(/undefined symbol/.test(String(what)) ? 'a filter failed' : String(what))
  }
  try {
    const result = work()
    if (wanted !== undefined) throw new Error(`its elements are in ${wanted}`)
    if (typeof result === 'bigint' || typeof result === 'number') {
      if (result < 0) throw new Error('failed')
    }
    return result
  } catch (cause) {
    throw new WasmError(innermost(said) ?? String((cause as Error)?.message ?? cause), { cause, wanted })
  } finally {
    wasm.onAbort = onAbort
    wasm.FS.write = write
    wasm.FS.open = open
  }
}

/** Gives the last line of an HDF5-DIAG stack, which says what was wrong: `  #005: H5Z.c line 1 in H5Z(): no filter`. */
function innermost(said: string): string | undefined {
  return [...said.matchAll(/^ +#\d+: .*?\): (.*)$/gm)].at(-1)?.[1]
}
