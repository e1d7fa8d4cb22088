import type { Heading } from 'mdast'
import { visit } from 'unist-util-visit'
import { warn } from '../model/messages.ts'
import type { Chapter } from '../model/types.ts'

/**
 * Leaves `heading-follows` at each heading that skips a level, those in quotes and of cells among them: whoever reads
 * a page by its headings takes the level between for lost. A chapter begins with `#`.
 *
 * @param hasTitle The report has a title, which its first heading is below.
 */
export function reportHeadingOrder(chapters: readonly Chapter[], hasTitle: boolean): void {
  let before = hasTitle ? 0 : undefined
  for (const [index, { tree, file }] of chapters.entries()) {
    let isFirst = index > 0
    visit(tree, 'heading', ({ depth, position }: Heading) => {
      const highest = isFirst ? 1 : (before ?? depth) + 1
      if (depth > highest) warn(file, 'heading-follows', reasonOf(depth, highest, isFirst), position)
      isFirst = false
      before = depth
    })
  }
}

function reasonOf(depth: number, highest: number, isFirst: boolean): string {
  const found = `Unexpected heading of level ${depth}`
  if (isFirst) return `${found}, expected \`#\` at the first one of a chapter`
  if (highest === 1) return `${found}, expected \`#\` at the first one`
  return `${found}, expected at most \`${'#'.repeat(highest)}\` below one of level ${highest - 1}`
}
