import { statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { ElementContent, Root } from 'hast'
import type { Definition, Image, RootContent } from 'mdast'
import type { VFile } from 'vfile'
import { languageOf } from '../model/language.ts'
import type { Memory } from '../model/memory.ts'
import { openRest, type Rest } from '../model/rest.ts'
import type { Chapter } from '../model/types.ts'
import { visit } from '../model/visit.ts'
import type { BlockCache } from './block-cache.ts'
import { openMacroBudget } from './bound-macros.ts'
import { chapterToHast, plainHyphens, showClasses } from './chapter.ts'
import { markCode } from './code-marks.ts'
import { highlightCode } from './highlight.ts'
import { embedImages, reportOutsideMarkup } from './images.ts'
import { drawMathematics } from './mathematics.ts'
import { type IdPlaces, idPlacesOf } from './page-ids.ts'
import { setQuotes } from './quotes.ts'
import { boxTables } from './tables.ts'

/** A part of a chapter on the page: what became of one node, or of a whole chapter whose nodes depend on each other. */
export interface Unit {
  readonly children: readonly ElementContent[]
  readonly places: IdPlaces
  /** Lines of the chapter. */
  readonly lines?: { readonly line: number; readonly endLine: number }
}

interface UnitOptions {
  readonly cache: BlockCache
  readonly memory: Memory
  /** Takes from a chapter what it may not have. */
  purge(tree: Root, file: VFile): Root
  /** Whether quotes and dashes are set as typography has them. */
  readonly isSmart: boolean
  /** Longest rule or gap in a formula; for an untrusted report. */
  readonly formulaEm?: number
  readonly rest?: Rest
}

/** Turns chapters into units that are finished but for the ids of headings and captions. */
export async function unitsOf(
  chapters: readonly Chapter[],
  { cache, memory, purge, isSmart, formulaEm, rest = openRest() }: UnitOptions,
): Promise<Unit[][]> {
  const budget = openMacroBudget()
  const finish = async (chapter: Chapter, index: number): Promise<ElementContent[]> => {
    const { file } = chapter
    const tree = purge(await chapterToHast(chapter, index), file)
    showClasses(tree)
    plainHyphens(tree)
    reportOutsideMarkup(tree, file)
    await drawMathematics(tree, file, { cache, budget, em: formulaEm })
    await highlightCode(tree, cache)
    markCode(tree)
    await embedImages(tree, file)
    boxTables(tree, file)
    return tree.children as ElementContent[]
  }
  const all: Unit[][] = []
  for (const [index, { file, tree }] of chapters.entries()) {
    const units: Unit[] = []
    const isTied = tree.children.some((node) => isTying(node, memory))
    const groups = isTied ? [tree.children] : tree.children.map((node) => [node])
    for (const nodes of groups) {
      const origin = memory.originOf(nodes[0]!) ?? nodes[0]!
      const last = memory.originOf(nodes.at(-1)!) ?? nodes.at(-1)!
      const made = await memory.recall<Omit<Unit, 'lines'>>({
        name: 'unit',
        of: isTied ? sameList(nodes, `chapter ${index}`, memory) : nodes[0]!,
        at: origin.position?.start,
        file,
        given: `${isTied ? index : ''}${isSmart ? '' : ' plain'}`,
        answer: stateOf,
        async make(own, ask) {
          const children = await finish({ file: own, tree: { type: 'root', children: [...nodes] } }, index)
          for (const path of imagesIn(nodes, file)) ask(path)
          // The ids of headings come from what the author wrote.
          const places = idPlacesOf(children)
          if (isSmart) setQuotes(children, languageOf(file))
          return { children, places }
        },
        nodesOf: ({ children }) => children,
      })
      const [start, end] = [origin.position?.start.line, last.position?.end.line]
      units.push(start && end ? { ...made, lines: { line: start, endLine: end } } : made)
      await rest()
    }
    all.push(units)
  }
  return all
}

// A footnote or a definition reaches all nodes of its chapter, and HTML at the top may open what other HTML closes.
function isTying(node: RootContent, memory: Memory): boolean {
  const known = memory.value<WeakMap<object, boolean>>('tying') ?? memory.keep('tying', new WeakMap())
  let isFound = known.get(node)
  if (isFound !== undefined) return isFound
  isFound = node.type === 'html'
  visit(node, ({ type }) => {
    isFound ||= type === 'definition' || type === 'footnoteDefinition' || type === 'footnoteReference'
  })
  known.set(node, isFound)
  return isFound
}

// Gives an equal list of nodes the same object in each update.
function sameList(nodes: readonly RootContent[], name: string, memory: Memory): object {
  const before = memory.value<readonly RootContent[]>(name)
  const isSame = before?.length === nodes.length && nodes.every((node, index) => node === before[index])
  return isSame ? before : memory.keep(name, [...nodes])
}

// An image that is defined elsewhere in its chapter stands in the definition.
function imagesIn(nodes: readonly RootContent[], file: VFile): string[] {
  const paths: string[] = []
  for (const node of nodes)
    visit(node, ['image', 'definition'], (one) => {
      const path = decoded((one as Image | Definition).url.replace(/[?#].*$/s, ''))
      if (path !== undefined) paths.push(resolve(file.cwd, dirname(file.path), path))
    })
  return paths
}

// Whoever embeds the image tells of a bad escape.
function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

function stateOf(path: string): string {
  try {
    const { mtimeMs, size } = statSync(path)
    return `${mtimeMs} ${size}`
  } catch {
    return 'none'
  }
}

/** Joins units to the tree of a chapter, as remark-rehype would: each node on a line of its own. */
export function treeOf(units: readonly Unit[]): Root {
  const full = units.filter(({ children }) => children.length > 0)
  const children = full.flatMap((unit, index): ElementContent[] =>
    index === 0 ? [...unit.children] : [{ type: 'text', value: '\n' }, ...unit.children],
  )
  return { type: 'root', children }
}
