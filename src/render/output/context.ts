import type { RootContent } from 'mdast'

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
  /** Is told the drawing of a figure. */
  figureSvg?(svg: string): void
}
