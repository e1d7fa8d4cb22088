import type { Root } from 'hast'
import { classesOf } from './hast.ts'

/** Classes of what a sheet of paper has no use for. */
const onScreen = ['weft-fold', 'weft-screen']

/** Gives a copy of a body without what only a screen shows; elements that stay are shared, not copied. */
export function forPrint(body: Root): Root {
  return withoutScreen(body)
}

function withoutScreen<Parent extends Root | Root['children'][number]>(node: Parent): Parent {
  if (!('children' in node)) return node
  const children = (node.children as Root['children']).filter(
    (child) => child.type !== 'element' || !classesOf(child).some((name) => onScreen.includes(name)),
  )
  return { ...node, children: children.map(withoutScreen) }
}
