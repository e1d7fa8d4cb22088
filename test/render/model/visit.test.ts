import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Root } from 'mdast'
import type { Node, Parent } from 'unist'
import { visit as visitByPackage } from 'unist-util-visit'
import { SKIP, visit } from '../../../src/render/model/visit.ts'
import { markdownProcessor } from '../../../src/render/syntax/processor.ts'

const markdown = `# One *two*

- three
- four \`five\` **six _seven_**

> eight

nine`

type Visitor = (node: Node, index: number | undefined, parent: Parent | undefined) => unknown

/** Both visits, each of its own tree, with what they came by and what they left. */
function both(types: string | string[] | undefined, make: (seen: string[]) => Visitor) {
  return [visit, visitByPackage].map((visitTree) => {
    const tree = markdownProcessor().parse(markdown) as Root
    const seen: string[] = []
    const visitor = make(seen) as Parameters<typeof visit>[1]
    if (types === undefined) visitTree(tree, visitor as never)
    else (visitTree as (...given: unknown[]) => void)(tree, types, visitor)
    return { seen, tree }
  })
}

const said = ({ type }: Node, index: number | undefined, parent: Parent | undefined) =>
  `${type} ${index} ${parent?.type}`

const visitors: [string, (seen: string[]) => Visitor][] = [
  [
    'all nodes',
    (seen) =>
      (...at) =>
        void seen.push(said(...at)),
  ],
  [
    'none below a list',
    (seen) =>
      (...at) => {
        seen.push(said(...at))
        return at[0].type === 'list' ? SKIP : undefined
      },
  ],
  [
    'none after a list item',
    (seen) =>
      (...at) => {
        seen.push(said(...at))
        return at[0].type !== 'listItem'
      },
  ],
  [
    'what takes the place of a node',
    (seen) => (node, index, parent) => {
      seen.push(said(node, index, parent))
      if (node.type !== 'inlineCode') return undefined
      parent!.children.splice(index!, 1, { type: 'new' } as Node, { type: 'newer' } as Node)
      return index
    },
  ],
  [
    'none below what was put in',
    (seen) => (node, index, parent) => {
      seen.push(said(node, index, parent))
      if (node.type !== 'strong') return undefined
      parent!.children.splice(index!, 1, ...(node as Parent).children)
      return [SKIP, index! + 1]
    },
  ],
  [
    'new children of a node',
    (seen) => (node, index, parent) => {
      seen.push(said(node, index, parent))
      if (node.type === 'blockquote') (node as Parent).children = [{ type: 'new' } as Node]
    },
  ],
]

for (const [what, make] of visitors)
  test(`visit should visit ${what} as unist-util-visit does`, () => {
    for (const types of [undefined, 'text', ['strong', 'inlineCode', 'list', 'listItem']]) {
      const [own, other] = both(types, make)
      assert.ok(own!.seen.length > 0)
      assert.deepEqual(own, other)
    }
  })
