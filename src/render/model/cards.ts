/** The origins of the numbers of a page, as texts for its cards; the numbers here are indices in `texts`. */
export interface Cards {
  readonly texts: readonly string[]
  /** Each expression with a result, by its id: the `data-value` of its element. */
  readonly values: { readonly [id: string]: CardValue }
  /** Id of a table, figure or plain output -> index in `grounds`. */
  readonly outputs: { readonly [id: string]: number }
  readonly grounds: readonly CardDependencies[]
}

/** The expression, the values behind its text, and its index in `grounds`. */
export type CardValue = readonly [source: number, behind: number, ground: number]

/** What some numbers depend on. */
export interface CardDependencies {
  /** Label of each cell, and the place of its code. */
  readonly cells: readonly (readonly [label: number, place: number])[]
  /** A title with its lines. */
  readonly rows: readonly (readonly number[])[]
}
