import type { Root, RootContent, Text } from 'mdast'
import type { LeafDirective } from 'mdast-util-directive'
import type { Node, Parent } from 'unist'
import type { VFile } from 'vfile'
import { clone } from '../model/clone.ts'
import { element } from '../model/element.ts'
import type { Memory } from '../model/memory.ts'
import { visit } from '../model/visit.ts'
import { type Citation, findCitations } from '../syntax/find-citations.ts'
import type { Formatted } from './format-citations.ts'
import { linkCitation, referenceList } from './link-citations.ts'

/** One node of a chapter, with its citations and the places in it for the list of references. */
export interface Part extends Found {
  readonly source: RootContent
  readonly file: VFile
  /** With its citations written, once they are known. */
  nodes: readonly RootContent[]
}

interface Found {
  readonly nodes: readonly RootContent[]
  readonly citations: readonly Citation[]
  /** Every key that is named, even next to an unknown one. */
  readonly named: readonly string[]
  readonly places: readonly Place[]
  /** Ids that the list of references, or an entry of it, may have. */
  readonly ids: readonly { readonly id: string; readonly node: Node }[]
}

interface Place {
  readonly parent: { children: RootContent[] }
  readonly index: number
}

interface Finding {
  readonly given: string
  readonly keys: ReadonlySet<string> | undefined
  /** Whether to look for citations at all. */
  readonly isCiting: boolean
  readonly memory: Memory
}

/** Finds the citations in one node of a chapter; changes a copy of it. */
export async function findInNode(
  source: RootContent,
  file: VFile,
  { given, keys, isCiting, memory }: Finding,
): Promise<Part> {
  const origin = memory.originOf(source) ?? source
  const found = await memory.recall<Found>({
    name: 'citations',
    of: source,
    at: origin.position?.start,
    file,
    given,
    make(own) {
      if (!mayCite(source))
        return { nodes: [source], citations: [], named: [], places: [], ids: idsIn([source]) }
      const tree: Root = { type: 'root', children: [clone(source)] }
      const places = takeRegisters(tree)
      const { citations, named } = isCiting ? findCitations([{ file: own, tree }], keys) : noCitations
      return { nodes: tree.children, citations, named: [...named], places, ids: idsIn(tree.children) }
    },
    nodesOf: ({ nodes }) => nodes,
  })
  memory.setOrigin(found.nodes, origin)
  return { ...found, source, file }
}

const noCitations = { citations: [], named: new Set<string>() }

function mayCite(node: Node): boolean {
  if (node.type === 'leafDirective') return true
  if ('children' in node) return (node as Parent).children.some(mayCite)
  return node.type === 'text' && (node as Text).value.includes('@')
}

function takeRegisters(tree: Root): Place[] {
  const places: Place[] = []
  visit(tree, 'leafDirective', (node: LeafDirective, index, parent) => {
    if (node.name !== 'register' || node.attributes?.of !== 'references') return
    const place = { parent: parent as unknown as Place['parent'], index: index! }
    place.parent.children[place.index] = element('div', {}, [])
    places.push(place)
  })
  return places
}

interface Filling {
  readonly style: string
  readonly memory: Memory
}

/** Writes the citations of all nodes, and the list of references into its place; changes copies. */
export async function fillAll(
  parts: readonly Part[],
  { citations, references, listed = references }: Formatted,
  { style, memory }: Filling,
): Promise<void> {
  const isNumeric = /citation-format="numeric"/.test(style)
  const numbers = isNumeric
    ? new Map(references.map(({ key }, index) => [key, String(index + 1)]))
    : undefined
  let at = 0
  let isListed = false
  for (const part of parts) {
    const written = citations.slice(at, at + part.citations.length)
    at += part.citations.length
    // The first place gets the list; others would repeat its ids.
    const list: Formatted['references'] | undefined = part.places.length > 0 && !isListed ? listed : undefined
    isListed ||= list !== undefined
    if (written.length === 0 && !list) continue
    const own = part.citations.flatMap(({ works }) => works.map(({ key }) => numbers?.get(key)))
    const origin = memory.originOf(part.source) ?? part.source
    part.nodes = await memory.recall<readonly RootContent[]>({
      name: 'cited',
      of: part.nodes[0]!,
      at: origin.position?.start,
      file: part.file,
      given: JSON.stringify([written, own, list]),
      make() {
        // A clone of both keeps the citations those of the nodes.
        const copy = clone({
          tree: { type: 'root' as const, children: [...part.nodes] },
          citations: part.citations,
          places: part.places,
        })
        fill(copy.citations, written, numbers)
        const [place] = copy.places
        if (list && place) setList(copy.tree, place, list)
        return copy.tree.children
      },
      nodesOf: (nodes) => nodes,
    })
    memory.setOrigin(part.nodes, origin)
  }
}

// At the top of a chapter the node itself is the place.
function setList(tree: Root, { parent, index }: Place, references: Formatted['references']): void {
  const isTop = tree.children.length === 1 && parent.children.includes(tree.children[0]!)
  const target = isTop ? tree : parent
  target.children[index] = listNode(references)
}

/** Makes the list of references. */
export function listNode(references: Formatted['references']): RootContent {
  const list = element('div', {}, []) as RootContent & { data: { hChildren?: unknown } }
  list.data.hChildren = [referenceList(references)]
  return list
}

// Those that a reference could have too.
function idsIn(nodes: readonly RootContent[]): Found['ids'] {
  const ids: { readonly id: string; readonly node: Node }[] = []
  for (const one of nodes)
    visit(one as Node, (node: Node) => {
      const { id } = ((node.data as { hProperties?: unknown } | undefined)?.hProperties ?? {}) as {
        readonly id?: unknown
      }
      if (typeof id === 'string' && (id.startsWith('ref-') || id === 'references')) ids.push({ id, node })
    })
  return ids
}

function fill(
  citations: readonly Citation[],
  written: Formatted['citations'],
  numbers: ReadonlyMap<string, string> | undefined,
): void {
  for (const [index, { node, works, isLinked, words }] of citations.entries()) {
    const children = written[index]
    if (!children) {
      const text = { type: 'text', value: words }
      const hProperties = { className: ['weft-missing'] }
      node.data = { ...node.data, hProperties, hChildren: [text] } as typeof node.data
      continue
    }
    const hChildren = isLinked
      ? children
      : linkCitation(
          children,
          works.map(({ key }) => key),
          numbers,
        )
    node.data = { ...node.data, hChildren } as typeof node.data
  }
}
