import type { Heading } from 'mdast'
import { visit } from 'unist-util-visit'
import type { VFile } from 'vfile'
import { fail } from '../model/messages.ts'
import type { Chapter, Position } from '../model/types.ts'
import type { SectionPages } from '../print/count-section-pages.ts'

/**
 * Reports `section-fits` at the heading of each section whose text fills too many pages.
 *
 * @param sections all sections with a limit, in the order of the chapters
 */
export function reportSections(chapters: readonly Chapter[], sections: readonly SectionPages[]): void {
  const headings = boundedHeadings(chapters)
  for (const [index, { id, pages, limit }] of sections.entries()) {
    const heading = headings[index]
    if (pages <= limit || !heading) continue
    const reason = `Unexpected ${pages} pages of text in \`#${id}\`, expected at most ${limit} (figures, tables and references not counted)`
    fail(heading.file, 'section-fits', reason, heading.position)
  }
}

interface Bounded {
  readonly file: VFile
  readonly position?: Position
}

function boundedHeadings(chapters: readonly Chapter[]): readonly Bounded[] {
  const found: Bounded[] = []
  for (const { file, tree } of chapters) {
    visit(tree, 'heading', ({ data, position }: Heading) => {
      if (data?.hProperties?.dataPages !== undefined) found.push({ file, position })
    })
  }
  return found
}
