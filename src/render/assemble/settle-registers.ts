import type { RootContent } from 'mdast'
import type { Node, Parent } from 'unist'
import { clone } from '../model/clone.ts'
import type { Memory } from '../model/memory.ts'
import { reportSlip } from '../model/messages.ts'
import type { Rest } from '../model/rest.ts'
import type { Position } from '../model/types.ts'
import { visit } from '../model/visit.ts'
import { captionNodes } from '../output/draw/caption.ts'
import { referenceSlips } from '../syntax/reference-slips.ts'
import { captionLabel, resolveReferences } from '../syntax/references.ts'
import { captionOfAuthor, placeOfRegister } from '../syntax/register-directive.ts'
import { type Context, fragment, replace } from './fragment.ts'
import type { Part, Shared } from './part.ts'
import { fillRegister } from './registers/fill-register.ts'
import { gatherFacts } from './registers/gather-facts.ts'
import type { Answered } from './requirements.ts'
import type { Known } from './resolve-part.ts'

/** The nodes that replace a register. */
export interface FilledRegister {
  readonly file: string
  readonly position: Position | undefined
  readonly nodes: readonly RootContent[]
}

interface Settling extends Shared {
  readonly known: Known
  readonly requirements: readonly Answered[]
  readonly isDraft: boolean
  readonly rest: Rest
}

/** Fills the registers last: their texts are data, in which nothing is a reference. */
export async function settleRegisters(parts: readonly Part[], settling: Settling): Promise<FilledRegister[]> {
  const { memory, isDraft } = settling
  const open = parts.filter(({ registers }) => registers.length > 0)
  const isOver = isDraft && open.length > 0 && open.every(({ source }) => memory.has(source, 'register'))
  const before = isOver ? memory.value<HeadingIds>('heading ids') : undefined
  const { filled, headingIds } =
    open.length > 0 && !isOver
      ? await fillRegisters(parts, settling)
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
  const copy = clone(node)
  const { hProperties, ...data } = (copy.data ?? {}) as { readonly hProperties?: object }
  copy.data = { ...data, hProperties: { ...hProperties, id } } as RootContent['data']
  return copy
}

async function fillRegisters(
  parts: readonly Part[],
  { tree, results, targets, known, requirements, rest }: Settling,
): Promise<{ readonly filled: FilledRegister[]; readonly headingIds: HeadingIds }> {
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
  const facts = gatherFacts(tree, chapters, results, { places, claims: claimsIn(parts), requirements })
  const filled: FilledRegister[] = []
  for (const [index, { node, parent, context }] of registers.entries()) {
    await rest()
    const place = places[index]!
    const target = targets.find(({ label }) => label === place.attributes.id)
    const number = target && captionLabel(target, context.words)
    const nodes = fillRegister(place, facts, { number, caption: captions[index], words: context.words })
    replace(parent, node, nodes)
    filled.push({ file: place.file.path, position: place.position, nodes })
  }
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
    number: target && captionLabel(target, context.words),
    parseMarkdown: (markdown) => fragment(markdown, own, context),
  })
}
