import type { Node, Parent } from 'unist'
import type { visit as unistVisit } from 'unist-util-visit'

/** What a visitor returns to leave out the nodes below the one that it was given. */
export const SKIP = 'skip'

type Returned = undefined | null | boolean | number | typeof SKIP | readonly [unknown, number?]
type Visitor = (node: Node, index: number | undefined, parent: Parent | undefined) => Returned

/**
 * Visits a tree as `visit` of `unist-util-visit` does, with a test that names one type or several, if there is one. That
 * package makes a function with a name of its own for each node, which was a quarter of the memory of a build.
 */
export const visit = visitTree as typeof unistVisit

function visitTree(tree: Node, test: string | readonly string[] | Visitor, visitor?: Visitor): void {
  if (typeof test === 'function') visitNode(tree, undefined, undefined, { visitor: test })
  else {
    const types = typeof test === 'string' ? [test] : test
    visitNode(tree, undefined, undefined, { types, visitor: visitor! })
  }
}

interface Visiting {
  readonly types?: readonly string[]
  readonly visitor: Visitor
}

/** Says that the visit is over. */
const over = -1

/** Gives the index of the sibling to visit next, `over`, or nothing for the one that follows. */
function visitNode(
  node: Node,
  index: number | undefined,
  parent: Parent | undefined,
  visiting: Visiting,
): number | undefined {
  let action: unknown
  let next: number | undefined
  if (!visiting.types || visiting.types.includes(node.type)) {
    const returned = visiting.visitor(node, index, parent)
    if (typeof returned === 'number') next = returned
    else if (typeof returned !== 'object' || returned === null) action = returned
    else [action, next] = returned
    if (action === false) return over
  }
  const { children } = node as Partial<Parent>
  if (children && action !== SKIP) {
    // A visitor may change the children, or put others in their place.
    for (let at = 0; at < (node as Parent).children.length; ) {
      const sibling = visitNode((node as Parent).children[at]!, at, node as Parent, visiting)
      if (sibling === over) return over
      at = sibling ?? at + 1
    }
  }
  return next
}
