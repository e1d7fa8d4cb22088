interface Rows {
  readonly [title: string]: unknown
}

/** Writes the rows of a tooltip, with a space before a percent sign as in the text. */
export function formatTooltip(value: unknown, sanitize: (value: unknown) => string): string {
  if (typeof value !== 'object' || value === null) return sanitize(String(value))
  const rows = Object.entries(value as Rows).map(
    ([title, text]) => `<tr><td>${sanitize(title)}</td><td>${sanitize(spaced(String(text)))}</td></tr>`,
  )
  return `<table><tbody>${rows.join('')}</tbody></table>`
}

function spaced(text: string): string {
  return text.replace(/(\d)%$/, '$1\u00a0%')
}
