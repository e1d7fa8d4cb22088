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
    Array.from(places, ([, name, page]) => [nameOf(name!), numbers.get(Number(page)) ?? Number.NaN]),
  )
}

/** Lists the objects of the pages below a node of the tree of pages, in order. */
export function pagesBelow(node: number, objects: PdfObjects): number[] {
  const kids = /\/Kids \[([^\]]*)\]/.exec(objects.read(node))?.[1]
  if (kids === undefined) return [node]
  return Array.from(kids.matchAll(/(\d+) 0 R/g), ([, kid]) => pagesBelow(Number(kid), objects)).flat()
}

// It is what an address would have after `#`, in which a PDF writes characters such as `%` as `#` and two digits.
function nameOf(name: string): string {
  const address = name.replace(/#([0-9A-Fa-f]{2})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
  try {
    return decodeURIComponent(address)
  } catch {
    return address
  }
}
