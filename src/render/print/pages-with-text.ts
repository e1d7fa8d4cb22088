import { inflateSync } from 'node:zlib'
import { openObjects, type PdfObjects, reference } from './amend.ts'
import { pagesBelow } from './page-numbers.ts'

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
