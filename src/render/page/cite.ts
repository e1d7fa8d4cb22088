import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Heading, Root, RootContent } from 'mdast'
import type { LeafDirective } from 'mdast-util-directive'
import type { Node } from 'unist'
import { visit } from 'unist-util-visit'
import type { VFile } from 'vfile'
import { element } from '../model/element.ts'
import { limits } from '../model/limits.ts'
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
interface Cited {
  readonly chapters: readonly Chapter[]
  /** The bibliography, for its messages. */
  readonly files: readonly VFile[]
}

/**
 * Writes the citations of a report and its list of references, by the CSL style of the front matter or the house's
 * own; changes the trees in place. The list stands where `::register{of=references}` does, else in a section of its
 * own at the end. May report `bibliography-reads`, `citation-resolves`, `entry-is-cited`, and
 * `label-is-unique` where a label is the id of a reference.
 */
export async function cite(chapters: readonly Chapter[], report: Report, cache: BlockCache): Promise<Cited> {
  const bibliography = readBibliography(report)
  const places = takeRegisters(chapters)
  const isNamed = (report.front.bibliography ?? []).length > 0
  if (isNamed && !bibliography) return { chapters, files: [] }
  const keys = bibliography && new Set(bibliography.entries.map((entry) => entry.key))
  const { citations, named } = findCitations(chapters, keys)
  if (!bibliography) return { chapters, files: [] }
  const { files } = bibliography
  reportUncited(bibliography, named)
  const style = readStyle(report)
  if (citations.length === 0 || style === undefined) return { chapters, files }
  const formatted = await formatAll(citations, bibliography, style, report, cache)
  if (!formatted) return { chapters, files }
  reportTaken(chapters, formatted)
  fill(citations, formatted, style)
  const list = element('div', {}, []) as RootContent & { data: { hChildren?: unknown } }
  list.data.hChildren = [referenceList(formatted.references)]
  for (const { parent, index } of places) parent.children[index] = list
  if (places.length > 0) return { chapters, files }
  return { chapters: withSection(chapters, list, report), files }
}

interface Place {
  readonly parent: { children: RootContent[] }
  readonly index: number
}

// The first place gets the list; others would repeat its ids.
function takeRegisters(chapters: readonly Chapter[]): Place[] {
  const places: Place[] = []
  for (const { tree } of chapters) {
    visit(tree, 'leafDirective', (node: LeafDirective, index, parent) => {
      if (node.name !== 'register' || node.attributes?.of !== 'references') return
      const place = { parent: parent as unknown as Place['parent'], index: index! }
      place.parent.children[place.index] = element('div', {}, [])
      places.push(place)
    })
  }
  return places.slice(0, 1)
}

// In the list each reference has an id.
function reportTaken(chapters: readonly Chapter[], { references }: Formatted): void {
  const keys = new Map<unknown, string>(references.map(({ key }) => [`ref-${key}`, key]))
  for (const { tree, file } of chapters) {
    visit(tree, (node) => {
      const id = idOf(node)
      const key = id === undefined ? undefined : keys.get(id)
      if (key === undefined) return
      const reason = `Unexpected label \`#${id}\`, expected one of its own: that of the reference \`${key}\` is the same`
      fail(file, 'label-is-unique', reason, node.position)
    })
  }
}

function idOf({ data }: Node): unknown {
  return (data as { hProperties?: { id?: unknown } } | undefined)?.hProperties?.id
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
  { citations: written, references }: Formatted,
  style: string,
): void {
  const isNumeric = /citation-format="numeric"/.test(style)
  const numbers = isNumeric
    ? new Map(references.map(({ key }, index) => [key, String(index + 1)]))
    : undefined
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

function withSection(chapters: readonly Chapter[], list: RootContent, { files, front }: Report): Chapter[] {
  let isTaken = false
  for (const { tree } of chapters)
    visit(tree, (node) => {
      isTaken ||= idOf(node) === 'references'
    })
  const id = isTaken ? {} : { id: 'references' }
  const heading: Heading = {
    type: 'heading',
    depth: 1,
    children: [{ type: 'text', value: 'References' }],
    data: { hProperties: { ...id, className: ['unnumbered'] } } as Heading['data'],
  }
  const children: Root['children'] = [heading, list]
  const [main] = chapters
  if (front.chapters.length > 0) return [...chapters, { file: files[0]!, tree: { type: 'root', children } }]
  return [{ file: main!.file, tree: { ...main!.tree, children: [...main!.tree.children, ...children] } }]
}
