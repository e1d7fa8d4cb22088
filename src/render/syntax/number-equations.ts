import type { Math as DisplayMath } from 'mdast-util-math'
import type { Node } from 'unist'
import { visit } from 'unist-util-visit'
import type { Chapter, Target } from '../model/types.ts'
import { equationLabel, tagEquation } from './equations.ts'

/** Numbers the display formulas with a label over all chapters, and tags them; changes the trees in place. */
export function numberEquations(chapters: readonly Chapter[]): Target[] {
  const targets: Target[] = []
  for (const { file, tree } of chapters) {
    visit(tree, (node: Node) => {
      const label = equationLabel(node)
      if (label === undefined) return
      const number = String(targets.length + 1)
      tagEquation(node as DisplayMath, number)
      targets.push({ label, kind: 'equation', number, file: file.path, position: node.position! })
    })
  }
  return targets
}
