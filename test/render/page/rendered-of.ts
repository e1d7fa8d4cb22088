import type { Root } from 'mdast'
import remarkGfm from 'remark-gfm'
import remarkMath from 'remark-math'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { VFile } from 'vfile'
import type { FrontMatter, RenderedReport } from '../../../src/render/model/types.ts'
import { toPages } from './to-pages.ts'

interface Options {
  readonly front?: Partial<FrontMatter>
  readonly notice?: string
  /** Put in the place of a paragraph that is the key alone. */
  readonly nodes?: { readonly [word: string]: readonly unknown[] }
  readonly cwd?: string
}

/** Makes a rendered report of Markdown, one text a chapter, with nodes as other rooms make them. */
export function renderedOf(
  chapters: readonly string[],
  { front, notice = '', nodes = {}, cwd }: Options = {},
): RenderedReport {
  return {
    front: {
      title: 'Nets',
      author: [],
      lang: 'en',
      contents: false,
      chapters: [],
      echo: 'fold',
      params: {},
      ...front,
    },
    notice,
    targets: [],
    drawn: [],
    chapters: chapters.map((markdown, index) => {
      const file = new VFile({ path: `report-src/chapter-${index}.md`, value: markdown, cwd: cwd ?? '/' })
      file.data.lang = front?.lang ?? 'en'
      return { file, tree: place(parse(markdown), nodes) }
    }),
  }
}

/** Typesets a report as the one page that a reader opens. */
export async function toHtml(...report: Parameters<typeof toPages>): Promise<string> {
  return (await toPages(...report)).screen
}

/** Makes a node as `inject` makes them: an element of a name, with mdast children. */
export function element(name: string, properties: Record<string, unknown>, children: readonly unknown[]) {
  return { type: 'weftElement', children, data: { hName: name, hProperties: properties } }
}

/** Makes a text. */
export function text(value: string) {
  return { type: 'text', value }
}

function parse(markdown: string): Root {
  return unified().use(remarkParse).use(remarkGfm).use(remarkMath).parse(markdown) as Root
}

function place(tree: Root, nodes: NonNullable<Options['nodes']>): Root {
  const children = tree.children.flatMap((child) => {
    const only = child.type === 'paragraph' && child.children.length === 1 ? child.children[0] : undefined
    return (only?.type === 'text' && nodes[only.value]) || [child]
  })
  return { ...tree, children: children as Root['children'] }
}
