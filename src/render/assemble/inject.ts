import type { Root, RootContent } from 'mdast'
import type { Node } from 'unist'
import type { VFile } from 'vfile'
import type { CellResult } from '../execute/cell-result.ts'
import { clone } from '../model/clone.ts'
import { wordsOfChapter } from '../model/language.ts'
import { Memory } from '../model/memory.ts'
import { mostSlips, reportSlip, type Slip } from '../model/messages.ts'
import { openRest, type Rest } from '../model/rest.ts'
import type { Chapter, Drawn, Position, ReportTree, Tabled, Target } from '../model/types.ts'
import { visit } from '../model/visit.ts'
import { countParts } from '../output/draw/caption.ts'
import type { Drawings } from '../output/draw/draw-once.ts'
import { numberablesOf, numberParts, reportHeadingOrder } from '../syntax/number.ts'
import { numberBlocks } from '../syntax/number-blocks.ts'
import { citedIn } from '../syntax/reference-slips.ts'
import { indexTargets, reportDuplicateIds } from '../syntax/references.ts'
import { reportFewSeeds } from './claim-evidence.ts'
import type { Context, Results } from './fragment.ts'
import { openGiven } from './given-results.ts'
import { injectNode } from './inject-node.ts'
import type { Part, Placed, Shared } from './part.ts'
import { type Answered, answerRequirements, reportRequirements } from './requirements.ts'
import { resolve } from './resolve-part.ts'
import { type FilledRegister, settleRegisters } from './settle-registers.ts'

/** A report with its results in their places: new trees, and the numbered targets, drawings and tables in them. */
export interface Injected {
  readonly chapters: readonly Chapter[]
  readonly targets: readonly Target[]
  readonly drawn: readonly Drawn[]
  readonly tabled: readonly Tabled[]
  readonly registers: readonly FilledRegister[]
  /** The requirements of the front matter with their answers. */
  readonly requirements: readonly Answered[]
}

/** What may make rendering sooner. */
interface InjectOptions {
  /** Figures that are drawn already. */
  readonly drawings?: Drawings
  /** What earlier updates made of the nodes that are unchanged. */
  readonly memory?: Memory
  /** Leaves registers as they were in the last update, if they were filled: they depend on everything. */
  readonly isDraft?: boolean
  readonly rest?: Rest
}

/**
 * Replaces cells, values and claims with their results; returns new trees and leaves the old ones as they are. Does
 * not draw again the figures that `drawings` has. Marks on the page whatever has no result, and reports it on the
 * chapter's file.
 */
export async function inject(
  tree: ReportTree,
  results: Results,
  { drawings, memory = new Memory(), isDraft = false, rest = openRest() }: InjectOptions = {},
): Promise<Injected> {
  const blocks = numberBlocks(tree, (label) => partsIn(results.cells.get(label)))
  const shared: Shared = { tree, results, drawings, targets: blocks, memory }
  const givenOf = openGiven(tree, results, blocks)
  const chapters: { readonly file: VFile; readonly parts: Part[] }[] = []
  for (const { file, tree: source } of tree.chapters) {
    const parts: Part[] = []
    for (const node of source.children) {
      parts.push(await placeResults(node, file, givenOf(node), shared))
      await rest()
    }
    chapters.push({ file, parts })
  }
  reportFewSeeds(tree, results.expressions)
  const numberable = chapters.map(({ file, parts }) => ({
    file,
    parts: parts.map((part) => part.numberables),
  }))
  reportHeadingOrder(numberable, tree.report.front.title !== '')
  const { targets: numbered, numbers } = numberParts(numberable, tree.report.front.numbersections)
  const targets = [...blocks, ...numbered]
  reportDuplicateIds(tree.chapters, tree.cells, targets)
  const known = { targets: indexTargets(targets), isCited: citedIn(tree.report) }
  for (const { file, parts } of chapters) {
    const slips: Slip[] = []
    for (const part of parts) {
      slips.push(...(await resolve(part, file, { known, numbers, memory })))
      await rest()
    }
    for (const slip of slips.slice(0, mostSlips)) reportSlip(file, slip)
  }
  const all = chapters.flatMap(({ parts }) => parts)
  const requirements = answerRequirements({ tree, targets, expressions: results.expressions })
  reportRequirements(requirements, tree)
  const registers = await settleRegisters(all, { ...shared, targets, known, requirements, isDraft, rest })
  return {
    chapters: chapters.map(({ file, parts }) => chapterOf(file, parts, memory)),
    drawn: all.flatMap(({ drawn }) => drawn),
    tabled: all.flatMap(({ tabled }) => tabled),
    targets,
    registers,
    requirements,
  }
}

// Figures of a cell with one caption have one number.
function partsIn(result: CellResult | undefined): number {
  const shown = result && 'stored' in result ? (result.stored?.shown ?? []) : []
  return result ? countParts(result.cell, shown) : 1
}

function chapterOf(file: VFile, parts: readonly Part[], memory: Memory): Chapter {
  for (const { nodes, source } of parts) memory.setOrigin(nodes, source)
  return { file, tree: { type: 'root', children: parts.flatMap(({ nodes }) => nodes) } }
}

// A node with a register depends on everything: it is made anew each time.
async function placeResults(
  source: RootContent,
  chapter: VFile,
  given: string | undefined,
  { memory, ...shared }: Shared,
): Promise<Part> {
  const make = async (file: VFile): Promise<Placed> => {
    const words = wordsOfChapter(file)
    const context: Context = { ...shared, file, words, drawn: [], tabled: [], registers: [] }
    const root = await injectNode(source, context)
    const { drawn, tabled, registers } = context
    if (registers.length === 0) takeOwnPositions(root)
    return { drawn, tabled, registers, root, numberables: numberablesOf(root.children) }
  }
  if (given === undefined) {
    const placed = await make(chapter)
    return { ...placed, source, file: chapter, nodes: placed.root.children }
  }
  const placed = await memory.recall<Placed>({
    name: 'results',
    of: source,
    at: source.position?.start,
    file: chapter,
    given,
    make,
    nodesOf: ({ root }) => root.children,
  })
  return { ...placed, source, file: chapter, nodes: placed.root.children }
}

// Those of a cell are its outputs' too, but move with the chapter by themselves.
function takeOwnPositions(tree: Root): void {
  const copies = new Map<Position, Position>()
  visit(tree as Node, (node: Node) => {
    if (!node.position) return
    const copy = copies.get(node.position) ?? clone(node.position)
    copies.set(node.position, copy)
    node.position = copy
  })
}
