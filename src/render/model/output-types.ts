/** An output of a cell: plain data, distinguished by `kind`. */
export type Output = Figure | Table | Prose | Scalar

export interface Figure {
  readonly kind: 'figure'
  /** A vega-lite specification without `$schema`, `width` in CSS pixels of the printed page; or `{ svg }`, a drawing. */
  readonly spec: { readonly [key: string]: Json }
  /** A description for readers who cannot see the figure. Never empty. */
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

/** A cell of a table: its text, and the raw value behind it. */
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

/** Any JSON value, and nothing else. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** A lower-case hexadecimal SHA-256. */
export type Digest = string

/**
 * Gives the id of an output by its index among the cell's outputs: the label itself for the first, with a number from
 * the second on. In a listing, the label belongs to the code, so every output has a number.
 */
export function outputId(label: string, index: number): string {
  return index === 0 && !label.startsWith('lst-') ? label : `${label}-${index + 1}`
}

/** Gives the Markdown of a column's heading that says only its key; within a word an underscore needs no escape. */
export function titleOfKey(key: string): string {
  return key.replace(/[\\`*[\]<>$@#:&~]|(?<!\w)_|_(?!\w)/g, '\\$&')
}
