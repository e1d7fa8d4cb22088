import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Heading, Root, RootContent, Text } from 'mdast'
import type { LeafDirective } from 'mdast-util-directive'
import type { Node, Parent } from 'unist'
import { visit } from 'unist-util-visit'
import type { VFile } from 'vfile'
import { element } from '../model/element.ts'
import { limits } from '../model/limits.ts'
import { type Kept, keptMessages, Memory, replay } from '../model/memory.ts'
import { fail, failOr, warn } from '../model/messages.ts'
import type { Chapter, Report } from '../model/types.ts'
import { type Citation, findCitations } from '../syntax/find-citations.ts'
import { placeOfMember } from '../syntax/front-matter.ts'
import type { Entry } from '../syntax/inherit-fields.ts'
import { type Bibliography, readBibliography } from '../syntax/read-bibliography.ts'
import type { BlockCache } from './block-cache.ts'
import type { FieldProblem } from './csl-items.ts'
import { type Formatted, formatCitations } from './format-citations.ts'
import { linkCitation, referenceList } from './link-citations.ts'

/** A report with its citations written out. */
export interface Cited {
  readonly chapters: readonly Chapter[]
  /** The bibliography, for its messages. */
  readonly files: readonly VFile[]
}

interface CiteOptions {
  readonly cache: BlockCache
  /** What earlier updates made of the nodes that are unchanged. */
  readonly memory?: Memory
}

/**
 * Writes the citations of a report and its list of references, by the CSL style of the front matter or the house's
 * own; returns new trees. The list stands where `::register{of=references}` does, else in a section of its
 * own at the end. May report `bibliography-reads`, `citation-resolves`, `entry-is-cited`, and
 * `label-is-unique` where a label is the id of a reference.
 */
export async function cite(
  chapters: readonly Chapter[],
  report: Report,
  { cache, memory = new Memory() }: CiteOptions,
): Promise<Cited> {
  const bibliography = readRemembered(report, memory)
  const isNamed = (report.front.bibliography ?? []).length > 0
  const keys = bibliography && new Set(bibliography.entries.map((entry) => entry.key))
  const isCiting = !isNamed || bibliography !== undefined
  const given = JSON.stringify([isCiting, keys && [...keys]])
  const found: { readonly file: VFile; readonly parts: readonly Part[] }[] = []
  for (const { file, tree } of chapters) {
    const parts: Part[] = []
    for (const node of tree.children) parts.push(await find(node, file, { given, keys, isCiting, memory }))
    found.push({ file, parts })
  }
  const all = found.flatMap(({ parts }) => parts)
  const files = bibliography?.files ?? []
  if (bibliography) reportUncited(bibliography, new Set(all.flatMap(({ named }) => named)))
  const style = bibliography && readStyle(report)
  const citations = all.flatMap((part) => part.citations)
  const formatted =
    bibliography && style !== undefined && citations.length > 0
      ? await formatAll(citations, bibliography, style, report, cache)
      : undefined
  if (!formatted) return { chapters: joined(found), files }
  reportTaken(all, formatted)
  await fillAll(all, formatted, { style: style!, memory })
  const written = joined(found)
  if (all.some(({ places }) => places.length > 0)) return { chapters: written, files }
  const isTaken = all.some(({ ids }) => ids.some(({ id }) => id === 'references'))
  return { chapters: withSection(written, formatted, { report, memory, isTaken }), files }
}

function joined(
  chapters: readonly { readonly file: VFile; readonly parts: readonly Part[] }[],
): readonly Chapter[] {
  return chapters.map(({ file, parts }) => ({
    file,
    tree: { type: 'root', children: parts.flatMap(({ nodes }) => nodes) },
  }))
}

// Reading a large bibliography takes seconds.
function readRemembered(report: Report, memory: Memory): Bibliography | undefined {
  interface Read {
    readonly texts: string
    readonly bibliography: Bibliography
    readonly messages: readonly (readonly Kept[])[]
  }
  const texts = textsOf(report)
  const before = memory.value<Read>('bibliography')
  if (texts === undefined || before?.texts !== texts) {
    const bibliography = readBibliography(report)
    if (texts === undefined || !bibliography) return bibliography
    memory.keep<Read>('bibliography', { texts, bibliography, messages: bibliography.files.map(keptMessages) })
    return bibliography
  }
  for (const [index, file] of before.bibliography.files.entries()) {
    file.messages.length = 0
    replay(before.messages[index]!, file)
  }
  return before.bibliography
}

function textsOf({ front, reader }: Report): string | undefined {
  try {
    return (front.bibliography ?? [])
      .map((name) => new TextDecoder().decode(reader.read(name, limits.textBytes)))
      .join('\0')
  } catch {
    return undefined
  }
}

/** One node of a chapter, with its citations and the places in it for the list of references. */
interface Part extends Found {
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

async function find(
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
      const tree: Root = { type: 'root', children: [structuredClone(source)] }
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

async function fillAll(
  parts: readonly Part[],
  { citations, references }: Formatted,
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
    const list: Formatted['references'] | undefined =
      part.places.length > 0 && !isListed ? references : undefined
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
        const copy = structuredClone({
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

function listNode(references: Formatted['references']): RootContent {
  const list = element('div', {}, []) as RootContent & { data: { hChildren?: unknown } }
  list.data.hChildren = [referenceList(references)]
  return list
}

// In the list each reference has an id.
function reportTaken(parts: readonly Part[], { references }: Formatted): void {
  const keys = new Map<unknown, string>(references.map(({ key }) => [`ref-${key}`, key]))
  for (const { ids, file } of parts) {
    for (const { id, node } of ids) {
      const key = keys.get(id)
      if (key === undefined) continue
      const reason = `Unexpected label \`#${id}\`, expected one of its own: that of the reference \`${key}\` is the same`
      fail(file, 'label-is-unique', reason, node.position)
    }
  }
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

const mostUncited = 20

function reportUncited({ entries }: Bibliography, cited: ReadonlySet<string>): void {
  const used = new Set<string>()
  const open = entries.filter(({ key }) => cited.has(key))
  for (let entry = open.pop(); entry; entry = open.pop()) {
    if (used.has(entry.key)) continue
    used.add(entry.key)
    open.push(...entry.parents)
  }
  const uncited = entries.filter(({ key }) => !used.has(key))
  for (const { key, of, offset } of uncited.slice(0, mostUncited)) {
    const reason = `Unexpected entry \`${key}\`, expected each to be cited, found no citation of it`
    warn(of.file, 'entry-is-cited', reason, of.pointAt(offset))
  }
  const next = uncited[mostUncited]
  if (!next) return
  const reason = `Unexpected ${uncited.length - mostUncited} more entries from \`${next.key}\` on, expected each to be cited, found no citation of them`
  warn(next.of.file, 'entry-is-cited', reason, next.of.pointAt(next.offset))
}

function readStyle({ front, files, reader }: Report): string | undefined {
  if (front.csl === undefined)
    return readFileSync(fileURLToPath(new URL('numeric.csl', import.meta.url)), 'utf8')
  try {
    const xml = new TextDecoder().decode(reader.read(front.csl, limits.textBytes))
    if (!/<style[^>]*\sclass="in-text"/.test(xml) || !/citation-format="/.test(xml))
      throw new Error('expected a CSL style of the class in-text with a category citation-format, found none')
    checkMacros(xml)
    return xml
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    reportStyle(files[0]!, front.csl, code === 'ENOENT' ? 'expected a CSL file, found none' : message, cause)
    return undefined
  }
}

/** Throws for a style whose macros call themselves, or each other so often that citing would never end. */
function checkMacros(xml: string): void {
  const bodies = new Map(
    [
      ...xml
        .replace(/<!--[\s\S]*?-->/g, '')
        .matchAll(/<macro\s[^>]*?name="([^"]*)"[^>]*>([\s\S]*?)<\/macro>/g),
    ].map(([, name, body]) => [
      name!,
      [...body!.matchAll(/\smacro="([^"]*)"/g)].map(([, called]) => called!),
    ]),
  )
  const sizes = new Map<string, number>()
  const sizeOf = (name: string, path: readonly string[]): number => {
    if (path.includes(name))
      throw new Error(
        `expected macros that do not call themselves, found ${[...path.slice(path.indexOf(name)), name].join(' -> ')}`,
      )
    const known = sizes.get(name)
    if (known !== undefined) return known
    const called = bodies.get(name) ?? []
    const size = called.reduce((sum, one) => sum + sizeOf(one, [...path, name]), 1)
    if (size > limits.styleMacros)
      throw new Error(
        `expected macros that call at most ${limits.styleMacros} others, found ${name} with more`,
      )
    sizes.set(name, size)
    return size
  }
  for (const name of bodies.keys()) sizeOf(name, [])
}

function reportStyle(main: VFile, name: string, reason: string, cause: unknown): void {
  const place = placeOfMember(main, ['csl'])
  failOr('bibliography-reads', main, `Cannot use the style \`${name}\`, ${reason}`, place, cause)
}

async function formatAll(
  citations: readonly Citation[],
  { entries }: Bibliography,
  style: string,
  { front, files }: Report,
  cache: BlockCache,
): Promise<Formatted | undefined> {
  const byKey = new Map(entries.map((entry) => [entry.key, entry]))
  const cited = new Set(citations.flatMap(({ works }) => works.map(({ key }) => key)))
  try {
    const order = { entries: [...cited].map((key) => byKey.get(key)!), style, citations }
    const formatted = await formatCitations(order, cache)
    for (const problem of formatted.problems) reportProblem(problem, byKey.get(problem.key)!)
    return formatted
  } catch (cause) {
    const reason = (cause as Error).message
    if (front.csl !== undefined) reportStyle(files[0]!, front.csl, reason, cause)
    else {
      const place = placeOfMember(files[0]!, ['bibliography'])
      fail(files[0]!, 'bibliography-reads', `Cannot write the references, ${reason}`, place, { cause })
    }
    return undefined
  }
}

function reportProblem({ field: name, reason, isWarning }: FieldProblem, entry: Entry): void {
  const field = name === undefined ? undefined : entry.fields.get(name)
  const { of, offset } = field ?? entry
  const what = field ? `\`${name}\` of \`${entry.key}\`` : `the entry \`${entry.key}\``
  const report = isWarning ? warn : fail
  report(of.file, 'bibliography-reads', `Cannot read ${what}, ${reason}`, of.pointAt(offset))
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

function withSection(
  chapters: readonly Chapter[],
  { references }: Formatted,
  {
    report: { files, front },
    memory,
    isTaken,
  }: { readonly report: Report; readonly memory: Memory; readonly isTaken: boolean },
): Chapter[] {
  const id = isTaken ? {} : { id: 'references' }
  const heading: Heading = {
    type: 'heading',
    depth: 1,
    children: [{ type: 'text', value: 'References' }],
    data: { hProperties: { ...id, className: ['unnumbered'] } } as Heading['data'],
  }
  const children = sameAsBefore([heading, listNode(references)], memory)
  const [main] = chapters
  if (front.chapters.length > 0) return [...chapters, { file: files[0]!, tree: { type: 'root', children } }]
  return [{ file: main!.file, tree: { ...main!.tree, children: [...main!.tree.children, ...children] } }]
}

function sameAsBefore(children: Root['children'], memory: Memory): Root['children'] {
  const before = memory.value<Root['children']>('references')
  if (JSON.stringify(before) === JSON.stringify(children)) return before!
  return memory.keep('references', children)
}
