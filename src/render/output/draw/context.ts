import type { RootContent } from 'mdast'
import type { Words } from '../../model/words.ts'
import type { Drawings } from './draw-once.ts'

/** What drawing an output needs to know of its place in the report. */
export interface OutputContext {
  /** The id of its element on the page; the ids in its drawing begin with it. */
  readonly id: string
  /** What stands before its caption, if it is numbered: `Figure 1.`, `Table 2.` or `(a)`. */
  readonly number?: string
  /** The caption of the fence. */
  readonly caption?: string
  /** Parses flow content. */
  parseMarkdown(markdown: string): RootContent[]
  /** The language of its place, a BCP 47 tag; English by default. */
  readonly lang?: string
  /** The page's own words; English by default. */
  readonly words?: Words
  /** Drawings of earlier builds. */
  readonly drawings?: Drawings
  /** Called with the drawing of a figure. */
  figureSvg?(svg: string): void
  /** Called with what a reader of the drawing would miss. */
  warned?(reason: string): void
}
