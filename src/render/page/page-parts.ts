/** A piece of the page that an edit can change by itself: the markup of one block, the fonts, the cards. */
export interface Region {
  /** `fonts`, `running`, `contents`, `cards`, or, for a block, the index of its chapter and its number there: `c2-14`. */
  readonly id: string
  readonly html: string
  /** The lines of the block in its chapter; the path is relative to the project's root. */
  readonly source?: { readonly file: string; readonly line: number; readonly endLine: number }
}

/** The page in order: regions, and as strings the frame round them. */
export type PageParts = readonly (string | Region)[]

/** Gives the page as one text. */
export function joinParts(parts: PageParts): string {
  return parts.map((part) => (typeof part === 'string' ? part : part.html)).join('')
}
