import type { Filter, Metadata } from 'h5wasm/node'

/** The part of h5wasm's low-level module that is used here; its own types leave out `_malloc` and HEAPU8. */
export interface Wasm {
  readonly HEAPU8: Uint8Array
  _malloc(bytes: number): number
  _free(pointer: number): void
  open(path: string, mode: number, trackOrder: boolean, lowest: number, highest: number): bigint
  close_file(file: bigint): number
  get_type(file: bigint, path: string): number
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
  readonly FS: { write: WriteToStream }
}

type WriteToStream = (stream: { fd?: number }, bytes: Uint8Array, start: number, length: number) => number

/** What `get_type` answers. */
export const objectTypes = { missing: -1, group: 0, dataset: 1 } as const

/** Loads h5wasm, which takes 4 MB of code: only when a file is to be read. */
export async function loadWasm(): Promise<Wasm> {
  const { ready } = await import('h5wasm/node')
  return (await ready) as unknown as Wasm
}

/** An HDF5 library's refusal, with what it wrote about it. */
export class WasmError extends Error {}

/**
 * Runs `work`, which calls HDF5, and gives its result. HDF5 does not throw: it prints pages of HDF5-DIAG to
 * stderr and gives a negative number. Here nothing is printed, and the innermost line of it is the error.
 * @throws WasmError where `work` throws or gives a negative number
 */
export function quietly<T>(wasm: Wasm, work: () => T): T {
  const { write } = wasm.FS
  let said = ''
  wasm.FS.write = function (this: unknown, ...args) {
    const [stream, bytes, start, length] = args
    if (stream.fd !== 2) return write.apply(this, args)
    said += Buffer.from(bytes.subarray(start, start + length)).toString()
    return length
  }
  try {
    const result = work()
    if (typeof result === 'bigint' || typeof result === 'number') {
      if (result < 0) throw new Error('failed')
    }
    return result
  } catch (cause) {
    throw new WasmError(innermost(said) ?? String((cause as Error)?.message ?? cause), { cause })
  } finally {
    wasm.FS.write = write
  }
}

/** The last line of a stack of HDF5-DIAG that says what was wrong: `  #005: H5Z.c line 1 in H5Z(): no filter`. */
function innermost(said: string): string | undefined {
  return [...said.matchAll(/^ +#\d+: .*?\): (.*)$/gm)].at(-1)?.[1]
}
