import { inflateSync } from 'node:zlib'
import { openObjects, type PdfObjects, reference } from './amend.ts'

/**
 * Reads on which page, from 1, each linked place of a PDF stands: Chromium writes a named destination for every id
 * that a link leads to.
 */
export function pageNumbers(pdf: Uint8Array): ReadonlyMap<string, number> {
  const objects = openObjects(pdf)
  const catalog = objects.read(objects.top('Root'))
  const destinations = reference(catalog, 'Dests')
  const pages = reference(catalog, 'Pages')
  if (destinations === undefined || pages === undefined) return new Map()
  const numbers = new Map(pagesBelow(pages, objects).map((page, index) => [page, index + 1]))
  const places = objects.read(destinations).matchAll(/\/((?:[^\s/[\]<>()])+)\s*\[\s*(\d+) 0 R/g)
  return new Map(
    Array.from(places, ([, name, page]) => [idOfDestination(name!), numbers.get(Number(page)) ?? Number.NaN]),
  )
}

// In the order of the pages.
function pagesBelow(node: number, objects: PdfObjects): number[] {
  const kids = /\/Kids \[([^\]]*)\]/.exec(objects.read(node))?.[1]
  if (kids === undefined) return [node]
  return Array.from(kids.matchAll(/(\d+) 0 R/g), ([, kid]) => pagesBelow(Number(kid), objects)).flat()
}

// It is what an address would have after `#`, in which a PDF writes characters such as `%` as `#` and two digits.
function idOfDestination(name: string): string {
  const address = name.replace(/#([0-9A-Fa-f]{2})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
  try {
    return decodeURIComponent(address)
  } catch {
    return address
  }
}

/** Counts the pages of a PDF as Chromium writes it, by what it says of itself, without a reader. */
export function countPages(pdf: Uint8Array): number {
  const pages = Buffer.from(pdf)
    .toString('latin1')
    .match(/\/Type \/Page\b(?!s)/g)
  return pages?.length ?? 0
}

// Kinds of white space that a page could have and nothing else.
const blanks = 3

/**
 * Says of each page of a PDF as Chromium writes it whether its own drawing shows glyphs of a font. Says no wherever
 * it cannot tell, as of very few glyphs, which may be blank: that page must be read.
 */
export function pagesWithText(pdf: Uint8Array): readonly boolean[] {
  try {
    const objects = openObjects(pdf)
    const root = reference(objects.read(objects.top('Root')), 'Pages')
    return root === undefined ? [] : pagesBelow(root, objects).map((page) => showsGlyphs(page, objects))
  } catch {
    return []
  }
}

function showsGlyphs(page: number, objects: PdfObjects): boolean {
  const dictionary = objects.read(page)
  const contents = reference(dictionary, 'Contents')
  if (contents === undefined || !/\/Font\b/.test(dictionary)) return false
  try {
    return hasGlyphs(contentOf(objects.read(contents)))
  } catch {
    return false
  }
}

// A glyph of Chromium has two bytes, written as four digits.
function hasGlyphs(content: string): boolean {
  const glyphs = new Set<string>()
  for (const [, digits] of content.matchAll(/<((?:[0-9A-Fa-f]{4})+)>(?=[^<]*T[jJ])/g)) {
    for (const glyph of digits!.match(/.{4}/g)!) glyphs.add(glyph)
    // A page of text shows that in its first words.
    if (glyphs.size > blanks) return true
  }
  return false
}

function contentOf(object: string): string {
  const [head, length] = /^<<[\s\S]*?\/Length (\d+)[\s\S]*?>>\s*stream\r?\n/.exec(object) ?? []
  if (head === undefined) return ''
  const bytes = Buffer.from(object.slice(head.length, head.length + Number(length)), 'latin1')
  return (head.includes('/FlateDecode') ? inflateSync(bytes) : bytes).toString('latin1')
}
