import type { RootContent } from 'mdast'
import type { Drawings } from './draw-once.ts'

/** What an output is told about the place where it stands. */
export interface OutputContext {
  /** Of its element on the page, and before the ids in its drawing. */
  readonly id: string
  /** `Figure 1` or `Table 2`, where it is numbered. */
  readonly number?: string
  /** Of the fence. */
  readonly caption?: string
  /** Parses flow content. */
  parseMarkdown(markdown: string): RootContent[]
  /** Drawings that were made before. */
  readonly drawings?: Drawings
  /** Is told the drawing of a figure. */
  figureSvg?(svg: string): void
}
