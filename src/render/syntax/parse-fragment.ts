import type { Root, RootContent } from 'mdast'
import type { Position } from 'unist'
import type { Slip } from '../model/messages.ts'
import { visit } from '../model/visit.ts'
import { wordsFor } from '../model/words.ts'
import { restoreDirectives } from './directives.ts'
import { takeElements } from './elements/take-elements.ts'
import { labelEquations } from './equations.ts'
import { takeGiven } from './given.ts'
import { takeHeadingAttributes } from './heading-attributes.ts'
import { setMark } from './marks.ts'
import { nearMisses } from './near-misses.ts'
import { plainLine } from './plain-line.ts'
import { markdownProcessor } from './processor.ts'
import { readValue } from './read-value.ts'
import { unescapePipes } from './table-cells.ts'

/**
 * Parses Markdown from outside chapters: a caption, a heading of a table, prose made by a cell. Marks its values with
 * their expressions.
 *
 * @param position Position of its owner, for messages.
 * @param onSlip Called with each thing that looks wrong, at that position.
 * @param lang Of the words that the page says by itself.
 */
export function parseFragment(
  markdown: string,
  position: Position,
  onSlip?: (slip: Slip) => void,
  lang = 'en',
): RootContent[] {
  const tree = plainLine(markdown) ?? (markdownProcessor().parse(markdown) as Root)
  takeElements(tree, {
    source: markdown,
    callouts: wordsFor(lang).callouts,
    isFragment: true,
    report: (slip) => onSlip?.({ ...slip, place: position }),
  })
  if (onSlip) for (const slip of nearMisses(tree, markdown)) onSlip({ ...slip, place: position })
  restoreDirectives(tree, markdown)
  unescapePipes(tree)
  labelEquations(tree, markdown)
  visit(tree, (node) => {
    if (node.type === 'heading') takeHeadingAttributes(node)
    const problem = takeGiven(node)
    if (problem !== undefined)
      onSlip?.({ rule: 'number-has-source', reason: problem, place: position, isError: true })
    const value = node.type === 'inlineCode' ? readValue(node, markdown) : undefined
    if (value !== undefined) setMark(node, { value: value.source, tolerance: value.tolerance })
  })
  visit(tree, (node) => {
    node.position = position
  })
  return tree.children
}
