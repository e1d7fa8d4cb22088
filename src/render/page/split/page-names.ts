import { posix } from 'node:path'
import type { RenderedReport } from '../../model/types.ts'

/**
 * Names the page of each chapter: `index.html` for report.md, `STEM.html` for any other report, and the names of the
 * chapters for the others. Two chapters of one name get different pages.
 *
 * @param chapters paths of the chapters, the report's own first, relative to one folder
 */
export function pageNames(chapters: readonly string[]): string[] {
  const taken = new Set<string>()
  return chapters.map((path, index) => {
    const stem = index === 0 ? frontStem(path) : chapterStem(path, chapters[0]!)
    let name = stem
    for (let count = 2; taken.has(name.toLowerCase()); count++) name = `${stem}-${count}`
    taken.add(name.toLowerCase())
    return `${name}.html`
  })
}

/** Names the file with what the search of a report looks through. */
export function searchIndexName({ chapters }: Pick<RenderedReport, 'chapters'>): string {
  const stem = frontStem(chapters[0]!.file.path)
  return stem === 'index' ? 'search-index.js' : `${stem}-search-index.js`
}

// The list of references, where no chapter has it, follows them all as a part of the report's own file.
function chapterStem(path: string, report: string): string {
  return path === report ? 'references' : stemOf(posix.relative(posix.dirname(report), path))
}

function frontStem(path: string): string {
  const stem = stemOf(posix.basename(path))
  return stem === 'report' ? 'index' : stem
}

// Letters of any script stay; what means something in an address or to a disk does not.
function stemOf(path: string): string {
  const stem = path.replaceAll('\\', '/').replace(/\.[^./]*$/, '')
  return stem.replace(/[^\p{L}\p{N}_.-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '') || 'chapter'
}
