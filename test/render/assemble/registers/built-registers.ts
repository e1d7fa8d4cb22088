import type { Element, Root } from 'hast'
import rehypeStringify from 'rehype-stringify'
import { unified } from 'unified'
import { visit } from 'unist-util-visit'
import { chapterToHast } from '../../../../src/render/page/chapter.ts'
import { classesOf, textContent } from '../../../../src/render/page/hast.ts'
import type { BuildOptions, Built } from '../../execute/build-project.ts'
import { buildProject } from '../../execute/build-project.ts'

export interface BuiltRegisters extends Built {
  readonly html: string
  /** Rows of the table with this id, each a list of texts; a heading over several rows is a list of one text. */
  rows(id: string): string[][]
  /** Texts of the elements with this class. */
  texts(className: string): string[]
}

/** Builds a project and gives its page with the filled registers. */
export async function buildRegisters(root: string, options: BuildOptions = {}): Promise<BuiltRegisters> {
  const built = await buildProject(root, options)
  const trees = await Promise.all(built.chapters.map(chapterToHast))
  const page: Root = { type: 'root', children: trees.flatMap((tree) => tree.children) }
  return {
    ...built,
    html: unified().use(rehypeStringify, { allowDangerousHtml: true }).stringify(page),
    rows(id) {
      const figure = elements(page, ({ properties }) => properties.id === id)[0]
      if (!figure) throw new Error(`Cannot find #${id} on the page`)
      return elements(figure, ({ tagName }) => tagName === 'tr').map((row) =>
        row.children.flatMap((cell) => (cell.type === 'element' ? [textContent(cell)] : [])),
      )
    },
    texts: (className) => elements(page, (one) => classesOf(one).includes(className)).map(textContent),
  }
}

function elements(tree: Root | Element, test: (element: Element) => boolean): Element[] {
  const found: Element[] = []
  visit(tree, 'element', (element: Element) => {
    if (test(element)) found.push(element)
  })
  return found
}
