/** Counts the pages of a PDF as Chromium writes it, by what it says of itself, without a reader. */
export function countPages(pdf: Uint8Array): number {
  const pages = Buffer.from(pdf)
    .toString('latin1')
    .match(/\/Type \/Page\b(?!s)/g)
  return pages?.length ?? 0
}
