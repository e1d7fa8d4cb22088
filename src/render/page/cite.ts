import type { Heading, Root } from 'mdast'
import type { VFile } from 'vfile'
import { Memory } from '../model/memory.ts'
import { fail, warn } from '../model/messages.ts'
import type { Chapter, Report } from '../model/types.ts'
import { wordsFor } from '../model/words.ts'
import type { Citation } from '../syntax/find-citations.ts'
import { placeOfMember } from '../syntax/front-matter.ts'
import type { Entry } from '../syntax/inherit-fields.ts'
import type { Bibliography } from '../syntax/read-bibliography.ts'
import { readRemembered } from '../syntax/remember-bibliography.ts'
import type { BlockCache } from './block-cache.ts'
import { fillAll, findInNode, listNode, type Part } from './cite-nodes.ts'
import type { FieldProblem } from './csl-items.ts'
import { type Formatted, formatCitations } from './format-citations.ts'
import { readStyle, reportStyle } from './read-style.ts'

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
  /** Leaves the list of references as it was, if all that is cited stands in it. */
  readonly isDraft?: boolean
}

/** Loads what writes citations, so that the first one that an author changes is written at once. */
export async function loadCitations({ front }: Report): Promise<void> {
  if ((front.bibliography ?? []).length === 0) return
  const [{ loadCiteproc }] = await Promise.all([import('./csl-style.ts'), import('./csl-items.ts')])
  loadCiteproc()
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
  { cache, memory = new Memory(), isDraft = false }: CiteOptions,
): Promise<Cited> {
  const bibliography = readRemembered(report, memory)
  const isNamed = (report.front.bibliography ?? []).length > 0
  const keys = bibliography && new Set(bibliography.entries.map((entry) => entry.key))
  const isCiting = !isNamed || bibliography !== undefined
  const given = JSON.stringify([isCiting, keys && [...keys]])
  const found: { readonly file: VFile; readonly parts: readonly Part[] }[] = []
  for (const { file, tree } of chapters) {
    const parts: Part[] = []
    for (const node of tree.children)
      parts.push(await findInNode(node, file, { given, keys, isCiting, memory }))
    found.push({ file, parts })
  }
  const all = found.flatMap(({ parts }) => parts)
  const files = bibliography?.files ?? []
  if (bibliography) reportUncited(bibliography, new Set(all.flatMap(({ named }) => named)))
  const style = bibliography && readStyle(report)
  const citations = all.flatMap((part) => part.citations)
  const earlier = isDraft ? memory.value<Formatted>('formatted') : undefined
  const formatted =
    bibliography && style !== undefined && citations.length > 0
      ? await formatAll(citations, bibliography, { style, report, cache, earlier })
      : undefined
  if (formatted && !formatted.listed) memory.keep('formatted', formatted)
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

interface Formatting {
  readonly style: string
  readonly report: Report
  readonly cache: BlockCache
  readonly earlier: Formatted | undefined
}

async function formatAll(
  citations: readonly Citation[],
  { entries }: Bibliography,
  { style, report: { front, files }, cache, earlier }: Formatting,
): Promise<Formatted | undefined> {
  const byKey = new Map(entries.map((entry) => [entry.key, entry]))
  const cited = new Set(citations.flatMap(({ works }) => works.map(({ key }) => key)))
  try {
    const order = { entries: [...cited].map((key) => byKey.get(key)!), style, lang: front.lang, citations }
    const formatted = await formatCitations(order, cache, earlier)
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

function withSection(
  chapters: readonly Chapter[],
  { references, listed = references }: Formatted,
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
    children: [{ type: 'text', value: wordsFor(front.lang).front.references }],
    data: { hProperties: { ...id, className: ['unnumbered'] } } as Heading['data'],
  }
  const children = sameAsBefore([heading, listNode(listed)], memory)
  const [main] = chapters
  if (front.chapters.length > 0) return [...chapters, { file: files[0]!, tree: { type: 'root', children } }]
  return [{ file: main!.file, tree: { ...main!.tree, children: [...main!.tree.children, ...children] } }]
}

function sameAsBefore(children: Root['children'], memory: Memory): Root['children'] {
  const before = memory.value<Root['children']>('references')
  if (JSON.stringify(before) === JSON.stringify(children)) return before!
  return memory.keep('references', children)
}
