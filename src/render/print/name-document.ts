import { openObjects, type PdfObjects, pdfString, reference } from './amend.ts'

/** What a document is called in its own data. */
export interface Names {
  /** The texts of its headings, in order. */
  readonly headings: readonly string[]
  readonly authors: readonly string[]
  /** With commas between them; empty if there are none. */
  readonly keywords: string
}

/**
 * Writes authors, keywords and the right bookmarks into a PDF, and that readers show its title. Chromium leaves the first two out, joins the lines of a
 * heading without a space, and doubles a line that stands first on its page. Bookmarks that are not as many as
 * the headings stay as they are.
 */
export function nameDocument(pdf: Uint8Array, { headings, authors, keywords }: Names): Uint8Array {
  const objects = openObjects(pdf)
  const changes = new Map<number, string>()
  const root = objects.top('Root')
  const catalog = objects.read(root)
  if (!catalog.includes('/ViewerPreferences')) {
    changes.set(root, catalog.replace(/^<</, '<</ViewerPreferences <</DisplayDocTitle true>>\n'))
  }
  const outlines = reference(catalog, 'Outlines')
  const bookmarks = outlines === undefined ? [] : bookmarksBelow(outlines, objects)
  if (bookmarks.length === headings.length) {
    for (const [index, number] of bookmarks.entries()) {
      changes.set(number, withText(objects.read(number), 'Title', headings[index]!))
    }
  }
  if (authors.length > 0 || keywords !== '') {
    const info = objects.top('Info')
    const named =
      authors.length > 0 ? withText(objects.read(info), 'Author', authors.join(', ')) : objects.read(info)
    changes.set(info, keywords === '' ? named : withText(named, 'Keywords', keywords))
  }
  return objects.amend(changes)
}

// Depth first: the order of the headings.
function bookmarksBelow(parent: number, objects: PdfObjects): number[] {
  const found: number[] = []
  let next = reference(objects.read(parent), 'First')
  while (next !== undefined) {
    found.push(next, ...bookmarksBelow(next, objects))
    next = reference(objects.read(next), 'Next')
  }
  return found
}

function withText(dictionary: string, name: string, text: string): string {
  const entry = `/${name} ${pdfString(text)}`
  const present = new RegExp(`/${name} (?:\\((?:[^\\\\()]|\\\\[\\s\\S])*\\)|<[0-9A-Fa-f]*>)`)
  if (present.test(dictionary)) return dictionary.replace(present, () => entry)
  return dictionary.replace(/^<</, () => `<<${entry}\n`)
}
