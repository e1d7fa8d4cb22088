import type { Node, Parent } from 'unist'
import { languageOf, ownLanguage } from '../model/language.ts'
import type { Cell, ReportTree } from '../model/types.ts'

/** Gives the language of a place in a report, a BCP 47 tag: that of the innermost block that says so, or its chapter's. */
export function languageAt(
  { chapters }: Pick<ReportTree, 'chapters'>,
  { file, position }: Pick<Cell, 'file' | 'position'>,
): string {
  const chapter = chapters.find((one) => one.file.path === file)
  if (!chapter) return 'en'
  const at = position.start.offset!
  let lang = languageOf(chapter.file)
  for (let node: Node | undefined = chapter.tree; node !== undefined; node = childAt(node, at))
    lang = ownLanguage(node) ?? lang
  return lang
}

function childAt(node: Node, at: number): Node | undefined {
  const children = (node as Partial<Parent>).children ?? []
  return children.find(
    ({ position }) => position && position.start.offset! <= at && at < position.end.offset!,
  )
}
