/** Where the numbers of a page come from, in the words of the cards that it shows; numbers are places in `texts`. */
export interface Cards {
  readonly texts: readonly string[]
  /** Of each expression, by the `data-value` of its element; null where it came to nothing. */
  readonly values: readonly (CardValue | null)[]
  /** Id of a table, figure or plain output -> place in `grounds`. */
  readonly outputs: { readonly [id: string]: number }
  readonly grounds: readonly CardGround[]
}

/** The expression, what is behind its text, and its place in `grounds`. */
export type CardValue = readonly [source: number, behind: number, ground: number]

/** What some numbers rest on. */
export interface CardGround {
  /** Label of each cell, and the place of its code. */
  readonly cells: readonly (readonly [label: number, place: number])[]
  /** A title with its lines. */
  readonly rows: readonly (readonly number[])[]
}
