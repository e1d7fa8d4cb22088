import type { Element } from 'hast'

/** A page of a report that is split, before it is written. */
export interface SplitPage {
  /** Its file. */
  readonly name: string
  readonly isFront: boolean
  readonly title: string
  /** What stands on it, as parts of the body. */
  readonly sections: readonly Element[]
}

/** A file of a report that is split: a page, or the index that its search reads. */
export interface SplitFile {
  /** Its name in `dist`. The first file is the front page. */
  readonly name: string
  readonly text: string
}

/** What the search knows of a section: its page, its id there, its title, the title of its page, and its words. */
export type SearchEntry = readonly [page: string, id: string, title: string, chapter: string, text: string]
