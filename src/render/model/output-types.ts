/** What a cell shows: plain data, told apart by `kind`. */
export type Output = Figure | Table | Prose | Scalar

export interface Figure {
  readonly kind: 'figure'
  /** A vega-lite specification without `$schema`, `width` in CSS pixels of the printed page. */
  readonly spec: { readonly [key: string]: Json }
  /** What a reader who cannot see it should know. Never empty. */
  readonly alt: string
  /** Markdown. */
  readonly caption?: string
}

export interface TableColumn {
  readonly key: string
  /** Markdown. */
  readonly title: string
  readonly align: 'left' | 'right' | 'center'
}

/** A cell of a table: what is shown, and the value that it stands for. */
export interface TableCell {
  readonly text: string
  readonly raw: Json
  /** Whether it is the best of its column. */
  readonly best?: true
}

export interface Table {
  readonly kind: 'table'
  readonly columns: readonly TableColumn[]
  readonly rows: readonly { readonly [key: string]: TableCell }[]
  /** Markdown. */
  readonly caption?: string
}

export interface Prose {
  readonly kind: 'prose'
  readonly markdown: string
}

export interface Scalar {
  readonly kind: 'scalar'
  readonly text: string
  readonly raw: Json
}

/** What JSON can hold, and nothing else. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** A lower-case hexadecimal SHA-256. */
export type Digest = string

/**
 * Gives the id of what a cell shows, by its place among the cell's outputs: the label itself for the first, with a
 * number from the second on. The label of a listing is that of the code, so that there all have a number.
 */
export function outputId(label: string, index: number): string {
  return index === 0 && !label.startsWith('lst-') ? label : `${label}-${index + 1}`
}
