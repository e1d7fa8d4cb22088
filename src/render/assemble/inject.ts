import type { Root, RootContent } from 'mdast'
import type { Node, Parent } from 'unist'
import { visit } from 'unist-util-visit'
import type { VFile } from 'vfile'
import { Memory } from '../model/memory.ts'
import { mostSlips, reportSlip, type Slip } from '../model/messages.ts'
import type { Chapter, Drawn, Position, ReportTree, Tabled, Target } from '../model/types.ts'
import { captionNodes } from '../output/draw/caption.ts'
import type { Drawings } from '../output/draw/draw-once.ts'
import {
  type Numberables,
  type Numbers,
  numberablesOf,
  numberBlocks,
  numberParts,
  reportHeadingOrder,
  writeNumbers,
} from '../syntax/number.ts'
import { citedIn, referenceSlips } from '../syntax/reference-slips.ts'
import {
  indexTargets,
  nameOf,
  reportDuplicateIds,
  resolveReferences,
  type Targets,
} from '../syntax/references.ts'
import { captionOfAuthor, placeOfRegister } from '../syntax/register-directive.ts'
import { reportFewSeeds } from './claim-evidence.ts'
import { type Context, fragment, type Results, replace } from './fragment.ts'
import { openGiven } from './given-results.ts'
import { injectNode } from './inject-node.ts'
import { fillRegister } from './registers/fill-register.ts'
import { gatherFacts } from './registers/gather-facts.ts'

/** A report with its results in their places: new trees, and the numbered targets, drawings and tables in them. */
export interface Injected {
  readonly chapters: readonly Chapter[]
  readonly targets: readonly Target[]
  readonly drawn: readonly Drawn[]
  readonly tabled: readonly Tabled[]
  readonly registers: readonly FilledRegister[]
}

/** The nodes that replace a register. */
export interface FilledRegister {
  readonly file: string
  readonly position: Position | undefined
  readonly nodes: readonly RootContent[]
}

/** What may make rendering sooner. */
export interface InjectOptions {
  /** Figures that are drawn already. */
  readonly drawings?: Drawings
  /** What earlier updates made of the nodes that are unchanged. */
  readonly memory?: Memory
  /** Leaves registers as they were in the last update, if they were filled: they depend on everything. */
  readonly isDraft?: boolean
}

/**
 * Replaces cells, values and claims with their results; returns new trees and leaves the old ones as they are. Does
 * not draw again the figures that `drawings` has. Marks on the page whatever has no result, and reports it on the
 * chapter's file.
 */
export async function inject(
  tree: ReportTree,
  results: Results,
  { drawings, memory = new Memory(), isDraft = false }: InjectOptions = {},
): Promise<Injected> {
  const blocks = numberBlocks(tree)
  const shared: Shared = { tree, results, drawings, targets: blocks, memory }
  const givenOf = openGiven(tree, results, blocks)
  const chapters: { readonly file: VFile; readonly parts: Part[] }[] = []
  for (const { file, tree: source } of tree.chapters) {
    const parts: Part[] = []
    for (const node of source.children) parts.push(await placeResults(node, file, givenOf(node), shared))
    chapters.push({ file, parts })
  }
  reportFewSeeds(tree, results.expressions)
  const numberable = chapters.map(({ file, parts }) => ({
    file,
    parts: parts.map((part) => part.numberables),
  }))
  reportHeadingOrder(numberable, tree.report.front.title !== '')
  const { targets: numbered, numbers } = numberParts(numberable)
  const targets = [...blocks, ...numbered]
  reportDuplicateIds(tree.chapters, tree.cells, targets)
  const known = { targets: indexTargets(targets), isCited: citedIn(tree.report) }
  for (const { file, parts } of chapters) {
    const slips: Slip[] = []
    for (const part of parts) slips.push(...(await resolve(part, file, { known, numbers, memory })))
    for (const slip of slips.slice(0, mostSlips)) reportSlip(file, slip)
  }
  const all = chapters.flatMap(({ parts }) => parts)
  const registers = await settleRegisters(all, { ...shared, targets, known, isDraft })
  return {
    chapters: chapters.map(({ file, parts }) => chapterOf(file, parts, memory)),
    drawn: all.flatMap(({ drawn }) => drawn),
    tabled: all.flatMap(({ tabled }) => tabled),
    targets,
    registers,
  }
}

function chapterOf(file: VFile, parts: readonly Part[], memory: Memory): Chapter {
  for (const { nodes, source } of parts) memory.setOrigin(nodes, source)
  return { file, tree: { type: 'root', children: parts.flatMap(({ nodes }) => nodes) } }
}

interface Shared extends Pick<Context, 'tree' | 'results' | 'drawings' | 'targets'> {
  readonly memory: Memory
}

/** What became of one node of a chapter. */
interface Part extends Pick<Context, 'drawn' | 'tabled' | 'registers'> {
  readonly file: VFile
  readonly source: RootContent
  readonly numberables: Numberables
  readonly root: Root
  /** With numbers and references too, once they are known. */
  nodes: readonly RootContent[]
}

type Placed = Omit<Part, 'nodes' | 'source' | 'file'>

// A node with a register depends on everything: it is made anew each time.
async function placeResults(
  source: RootContent,
  chapter: VFile,
  given: string | undefined,
  { memory, ...shared }: Shared,
): Promise<Part> {
  const make = async (file: VFile): Promise<Placed> => {
    const context: Context = { ...shared, file, drawn: [], tabled: [], registers: [] }
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
    const copy = copies.get(node.position) ?? structuredClone(node.position)
    copies.set(node.position, copy)
    node.position = copy
  })
}

interface Known {
  readonly targets: Targets
  readonly isCited: (key: string) => boolean
}

interface Resolving {
  readonly known: Known
  readonly numbers: ReadonlyMap<Numberables, Numbers>
  readonly memory: Memory
}

/** Writes numbers and resolves references in one part; gives what looks like a reference but is none. */
async function resolve(
  part: Part,
  chapter: VFile,
  { known, numbers, memory }: Resolving,
): Promise<readonly Slip[]> {
  const own = numbers.get(part.numberables)!
  const resolved = (tree: Root, file: VFile, asked: Known) => {
    writeNumbers(tree.children, own)
    resolveReferences([{ file, tree }], asked.targets)
    return referenceSlips({ file, tree }, asked)
  }
  if (part.registers.length > 0) return resolved(part.root, chapter, known)
  const { nodes, slips } = await memory.recall<{ nodes: readonly RootContent[]; slips: readonly Slip[] }>({
    name: 'references',
    of: part.root,
    at: part.source.position?.start,
    file: chapter,
    given: JSON.stringify(own),
    answer: (question) => answerOf(question, known),
    make(file, ask) {
      const tree = structuredClone(part.root)
      const found = resolved(tree, file, asking(known, ask))
      return { nodes: tree.children, slips: found }
    },
    nodesOf: (out) => [...out.nodes, ...out.slips.map(({ place }) => ({ type: 'slip', position: place }))],
    isSame: (before, now) => JSON.stringify(before) === JSON.stringify(now),
  })
  part.nodes = nodes
  return slips
}

// Questions are a label, a key of the bibliography after `[`, or `*` for all labels.
function asking({ targets, isCited }: Known, ask: (question: string) => void): Known {
  return {
    targets: {
      named(label) {
        ask(label)
        return targets.named(label)
      },
      labels() {
        ask('*')
        return targets.labels()
      },
    },
    isCited(key) {
      ask(`[${key}`)
      return isCited(key)
    },
  }
}

function answerOf(question: string, { targets, isCited }: Known): string {
  if (question === '*') return targets.labels().join(' ')
  if (question.startsWith('[')) return String(isCited(question.slice(1)))
  const named = targets.named(question)
  const places = named.length > 1 ? named.map(({ file, position }) => `${file}:${position.start.line}`) : []
  return JSON.stringify([named.map(({ kind, number, title }) => [kind, number, title]), places])
}

interface Settling extends Shared {
  readonly known: Known
  readonly isDraft: boolean
}

/** Fills the registers last: their texts are data, in which nothing is a reference. */
async function settleRegisters(parts: readonly Part[], settling: Settling): Promise<FilledRegister[]> {
  const { memory, isDraft } = settling
  const open = parts.filter(({ registers }) => registers.length > 0)
  const isOver = isDraft && open.length > 0 && open.every(({ source }) => memory.has(source, 'register'))
  const before = isOver ? memory.value<HeadingIds>('heading ids') : undefined
  const { filled, headingIds } =
    open.length > 0 && !isOver
      ? fillRegisters(parts, settling)
      : { filled: [], headingIds: before ?? new Map<RootContent, string>() }
  memory.keep<HeadingIds>('heading ids', headingIds)
  for (const part of open) {
    const { source, root } = part
    part.nodes = await memory.recall<readonly RootContent[]>({
      name: 'register',
      of: source,
      at: source.position?.start,
      file: part.registers[0]!.context.file,
      given: '',
      isForced: !isOver,
      make: () => root.children,
      nodesOf: (nodes) => nodes,
      isSame: (before, now) => JSON.stringify(before) === JSON.stringify(now),
    })
  }
  await nameHeadings(parts, headingIds, memory)
  return filled
}

type HeadingIds = ReadonlyMap<RootContent, string>

// Links of registers need the id before the page is made.
async function nameHeadings(parts: readonly Part[], ids: HeadingIds, memory: Memory): Promise<void> {
  if (ids.size === 0) return
  for (const part of parts)
    part.nodes = await Promise.all(
      part.nodes.map((node) => {
        const id = ids.get(node)
        if (id === undefined) return node
        return memory.recall<RootContent>({
          name: 'named',
          of: node,
          at: part.source.position?.start,
          file: part.file,
          given: id,
          make: () => withId(node, id),
          nodesOf: (named) => [named],
        })
      }),
    )
}

function withId(node: RootContent, id: string): RootContent {
  const copy = structuredClone(node)
  const { hProperties, ...data } = (copy.data ?? {}) as { readonly hProperties?: object }
  copy.data = { ...data, hProperties: { ...hProperties, id } } as RootContent['data']
  return copy
}

function fillRegisters(
  parts: readonly Part[],
  { tree, results, targets, known }: Settling,
): { readonly filled: FilledRegister[]; readonly headingIds: HeadingIds } {
  const registers = parts.flatMap((part) => part.registers)
  const captions = registers.map(captionOfRegister)
  const apart = captions.map((children = [], index) => {
    const { file } = registers[index]!.context
    return { file, tree: { type: 'root' as const, children } }
  })
  resolveReferences(apart, known.targets)
  for (const chapter of apart)
    for (const slip of referenceSlips(chapter, known)) reportSlip(chapter.file, slip)
  const places = registers.map(({ node, context }) => placeOfRegister(node, context.file))
  const chapters = tree.chapters.map(({ file }) => ({
    file,
    tree: {
      type: 'root' as const,
      children: parts.filter((part) => part.file === file).flatMap(({ nodes }) => nodes),
    },
  }))
  const facts = gatherFacts(tree, chapters, results, { places, claims: claimsIn(parts) })
  const filled = registers.map(({ node, parent }, index) => {
    const place = places[index]!
    const target = targets.find(({ label }) => label === place.attributes.id)
    const number = target && nameOf(target)
    const nodes = fillRegister(place, facts, { number, caption: captions[index] })
    replace(parent, node, nodes)
    return { file: place.file.path, position: place.position, nodes }
  })
  return { filled, headingIds: facts.headingIds }
}

// As the page shows them, by id.
function claimsIn(parts: readonly Part[]): Map<string, Parent> {
  const claims = new Map<string, Parent>()
  for (const { nodes } of parts)
    for (const node of nodes)
      visit(node as Node, (one: Node) => {
        const { dataValue, className } = ((one.data as { hProperties?: unknown } | undefined)?.hProperties ??
          {}) as { readonly dataValue?: string; readonly className?: unknown }
        if (dataValue !== undefined && String(className).startsWith('weft-claim'))
          claims.set(dataValue, one as Parent)
      })
  return claims
}

// Only the caption is the author's Markdown; the rest of a register is data.
function captionOfRegister({ node, context }: Context['registers'][number]): RootContent[] | undefined {
  const place = placeOfRegister(node, context.file)
  const own = captionOfAuthor(place, context.tree.registers)
  if (!own) return undefined
  const target = context.targets.find(({ label }) => label === place.attributes.id)
  return captionNodes(own.caption, {
    id: place.attributes.id ?? '',
    number: target && nameOf(target),
    parseMarkdown: (markdown) => fragment(markdown, own, context),
  })
}
