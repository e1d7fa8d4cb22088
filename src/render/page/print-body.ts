import type { Element, Root } from 'hast'
import type { FrontMatter } from '../model/types.ts'
import { forPrint } from './document.ts'
import { fillMeasure } from './fill-measure.ts'
import { fitContents } from './fit-contents.ts'
import { hyphenated } from './hyphenate.ts'
import { chaptersFlow } from './paper.ts'
import { runningHeads } from './running-titles.ts'
import { setColumns } from './two-columns.ts'
import { wholeNames } from './whole-names.ts'

/** Gives the body of the print: a copy of the page's, set for paper. Elements that stay are shared. */
export function printBody(body: Root, front: FrontMatter): Root {
  const contents = front.contentsDepth === undefined ? fitContents(forPrint(body)) : forPrint(body)
  const heads: readonly Element[] = chaptersFlow(front) ? runningHeads(body) : []
  const set = setColumns(hyphenated(wholeNames(fillMeasure(contents, front)), front.lang), front)
  return { ...set, children: [...set.children, ...heads] }
}
