import type { Json } from '../../render/model/types.ts'

/**
 * What a finding says of building and printing a report here: `ok`; `lacks` something that only some reports need; or a
 * `fault` that stops every build.
 */
export type State = 'ok' | 'lacks' | 'fault'

/** One thing that `weft doctor` has looked at. */
export interface Finding {
  /** What it is about, the same in every version: `node`, `engine/onnx`, `data/fashion-mnist`. */
  readonly id: string
  readonly state: State
  /** What was expected, what was found and where, in one line. */
  readonly text: string
  /** The command, or the setting, that mends it. */
  readonly remedy?: string
  /** The same for programs. */
  readonly facts?: { readonly [name: string]: Json }
}

/** Writes bytes for a reader: `1.4 GB`. */
export function sizeOf(bytes: number): string {
  const [unit, name] = (
    [
      [1e9, 'GB'],
      [1e6, 'MB'],
      [1e3, 'kB'],
    ] as const
  ).find(([least]) => bytes >= least) ?? [1, 'bytes']
  const number = bytes / unit
  return `${number < 10 && unit > 1 ? number.toFixed(1) : Math.round(number)} ${name}`
}
