import type { Element, Root } from 'hast'
import type { FrontMatter } from '../model/types.ts'
import type { BlockCache } from './block-cache.ts'
import { forPrint } from './document.ts'
import { fillMeasure } from './fill-measure.ts'
import { fitCode } from './fit-code.ts'
import { fitContents } from './fit-contents.ts'
import { hyphenated } from './hyphenate.ts'
import { keepIntroductions } from './keep-introductions.ts'
import { chaptersFlow } from './paper.ts'
import { runningHeads } from './running-titles.ts'
import { setColumns } from './two-columns.ts'
import { wholeNames } from './whole-names.ts'

/** Gives the body of the print: a copy of the page's, set for paper. Elements that stay are shared. */
export async function printBody(body: Root, front: FrontMatter, cache: BlockCache): Promise<Root> {
  const copy = forPrint(body)
  await fitCode(copy, { front, cache })
  const contents = front.contentsDepth === undefined ? fitContents(copy) : copy
  const heads: readonly Element[] = chaptersFlow(front) ? runningHeads(body) : []
  const text = keepIntroductions(wholeNames(fillMeasure(contents, front)))
  const set = setColumns(hyphenated(text, front.lang), front)
  return { ...set, children: [...set.children, ...heads] }
}
