import type { Root, RootContent } from 'mdast'
import type { VFile } from 'vfile'
import type { Memory } from '../model/memory.ts'
import type { Numberables } from '../syntax/number.ts'
import type { Context } from './fragment.ts'

/** What all steps of assembling share. */
export interface Shared extends Pick<Context, 'tree' | 'results' | 'drawings' | 'targets'> {
  readonly memory: Memory
}

/** What became of one node of a chapter. */
export interface Part extends Pick<Context, 'drawn' | 'tabled' | 'registers'> {
  readonly file: VFile
  readonly source: RootContent
  readonly numberables: Numberables
  readonly root: Root
  /** With numbers and references too, once they are known. */
  nodes: readonly RootContent[]
}

export type Placed = Omit<Part, 'nodes' | 'source' | 'file'>
