import GithubSlugger from 'github-slugger'
import type { Heading, PhrasingContent } from 'mdast'
import type { Parent } from 'unist'
import { textBelow } from '../../model/element.ts'
import type { Chapter, Position } from '../../model/types.ts'
import { visit } from '../../model/visit.ts'
import type { Facts } from './gather-facts.ts'
import { joined, link, text } from './nodes.ts'
import type { Speech } from './speech.ts'

/**
 * Gives the section that holds a place, as links: `Part A › The data`. A place before any heading is on the front
 * page.
 */
export function whereNodes(
  facts: Pick<Facts, 'chapters' | 'headingIds'>,
  place: Place,
  speech: Speech,
): PhrasingContent[] {
  return joined(sectionPath(facts, place, speech), ' › ')
}

/** Gives the chapter and the section that hold a place, as links; one of them if they are the same. */
export function sectionPath(
  { chapters, headingIds: ids }: Pick<Facts, 'chapters' | 'headingIds'>,
  place: Place,
  { words, say }: Speech,
): PhrasingContent[][] {
  const headings = headingsAbove(chapters, place)
  if (headings.length === 0) return [[text(say.frontPage)]]
  return headings.map((heading) => [
    link(idOf(heading, chapters, ids), [text(textBelow(heading).trim() || words.names.section)]),
  ])
}

/** Gives the headings of the chapter and of the section that hold a place; undefined on the front page. */
export function sectionOf(
  chapters: readonly Chapter[],
  place: Place,
): { readonly chapter: Heading | undefined; readonly section: Heading | undefined } {
  const headings = headingsAbove(chapters, place)
  return { chapter: headings[0], section: headings.at(-1) }
}

interface Place {
  readonly file: string
  readonly position: Position
}

/** Finds the heading with an id that its author gave it, such as `sec-methods`. */
export function headingOf(chapters: readonly Chapter[], id: string): Heading | undefined {
  return allHeadings(chapters).find((heading) => propertiesOf(heading).id === id)
}

/** Lists the ids that authors gave to headings. */
export function headingIds(chapters: readonly Chapter[]): string[] {
  return allHeadings(chapters).flatMap((heading) =>
    givenId(heading) === undefined ? [] : [givenId(heading)!],
  )
}

// The chapter's heading and the nearest one, or only one heading if they are the same.
function headingsAbove(chapters: readonly Chapter[], { file, position }: Place): Heading[] {
  const chapter = chapters.find((one) => one.file.path === file)
  const above = (chapter ? allHeadings([chapter]) : []).filter(
    (heading) => heading.position && heading.position.start.line <= position.start.line,
  )
  const title = above.filter(({ depth }) => depth === 1).at(-1)
  const nearest = above.at(-1)
  return [...new Set([title, nearest])].filter((heading) => heading !== undefined)
}

// A heading without an id gets one here, since links need it before the page is made.
function idOf(heading: Heading, chapters: readonly Chapter[], ids: Facts['headingIds']): string {
  const given = givenId(heading) ?? ids.get(heading)
  if (given !== undefined) return given
  const slugger = new GithubSlugger()
  for (const id of ids.values()) slugger.occurrences[id] ??= 0
  for (const { tree } of chapters)
    visit(tree, (node) => {
      const id = (node.data as { hProperties?: { id?: unknown } } | undefined)?.hProperties?.id
      if (typeof id === 'string') slugger.occurrences[id] ??= 0
    })
  const id = slugger.slug(textBelow(heading)) || slugger.slug('section')
  ids.set(heading, id)
  return id
}

function givenId(heading: Heading): string | undefined {
  const { id } = propertiesOf(heading)
  return typeof id === 'string' ? id : undefined
}

function propertiesOf(heading: Heading): Readonly<Record<string, unknown>> {
  return (heading.data as { hProperties?: Record<string, unknown> } | undefined)?.hProperties ?? {}
}

function allHeadings(chapters: readonly Chapter[]): Heading[] {
  return chapters.flatMap(({ tree }) =>
    (tree as Parent).children.filter((node): node is Heading => node.type === 'heading'),
  )
}
