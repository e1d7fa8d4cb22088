/** The families of the page: what each is called, where its files are, and what stands in for it. */
export const families = {
  text: { name: 'Source Serif 4', file: 'source-serif-4', generic: 'serif' },
  sans: { name: 'Source Sans 3', file: 'source-sans-3', generic: 'sans-serif' },
  code: { name: 'Source Code Pro', file: 'source-code-pro', generic: 'monospace' },
} as const

export type Family = keyof typeof families

/** KaTeX fonts drawn where a family lacks a character, such as an arrow, a relation or a tick. */
export const fallbacks = ['KaTeX_Main', 'KaTeX_AMS', 'KaTeX_Size1'] as const

/**
 * Raised and lowered digits and signs, as in `10⁻⁷` and `H₂O`, which all other files lack: this one lends them to the
 * sans family, which stands in for the others.
 */
export const lent = { family: 'sans', file: 'roboto', subset: 'math', range: [0x2070, 0x208e] } as const

/** Where a family lacks a character: another family, before or after KaTeX's fonts. */
export const substitutes: {
  readonly [family in Family]: { readonly first?: Family; readonly last?: Family }
} = {
  text: { last: 'sans' },
  sans: {},
  code: { first: 'sans' },
}

/** Selectors, a tag or a class each, of what is not set in the family of the text. */
export const settings: { readonly [family in Exclude<Family, 'text'>]: readonly string[] } = {
  sans: [
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'figcaption', 'summary', 'svg'],
    ...['.weft-subtitle', '.weft-author', '.weft-affiliation', '.weft-contact', '.weft-keywords'],
    ...['.weft-label', '.weft-date', '.weft-notice', '.weft-failure'],
    ...['.weft-navigation', '.weft-tools', '.weft-skip', 'button', '.weft-callout-title'],
  ],
  code: ['code', 'pre', 'kbd', 'samp', '.weft-missing', '.weft-file'],
}

/** Tags and classes of what is semibold. */
export const semibold: readonly string[] = [
  ...['b', 'strong', 'th', 'dt', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
  ...['.weft-number', '.weft-notice', '.weft-entry-chapter', '.weft-label', '.weft-callout-title'],
]

/** Tags of what is italic. */
export const italic: readonly string[] = ['em', 'i', 'cite', 'dfn', 'var']

/** Writes a family with what stands in for it, at last the fonts of the report's own. */
export function stack(family: Family, own: readonly string[] = []): string {
  const { first, last } = substitutes[family]
  const names = [family, first].map(quoted)
  const others = own.map((name) => `'${name}'`)
  return [...names, ...fallbacks, quoted(last), ...others, families[family].generic]
    .filter(Boolean)
    .join(', ')
}

function quoted(family: Family | undefined): string {
  return family ? `'${families[family].name}'` : ''
}
