import type { Directives } from 'mdast-util-directive'
import type { VFile } from 'vfile'
import type { Position } from '../model/types.ts'

/** One `::register{of=...}` of a report, where it stands. */
export interface Place {
  readonly file: VFile
  readonly position: Position | undefined
  /** Only a leaf, on a line of its own, can be filled. */
  readonly form: Directives['type']
  readonly attributes: Readonly<Record<string, string>>
}
