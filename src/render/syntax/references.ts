import type { PhrasingContent, Text } from 'mdast'
import type { VFile } from 'vfile'
import { element } from '../model/element.ts'
import { wordsOfChapter } from '../model/language.ts'
import { fail } from '../model/messages.ts'
import { suggestion } from '../model/nearest.ts'
import type { Cell, Chapter, Position, Target } from '../model/types.ts'
import { type Words, wordsFor } from '../model/words.ts'
import { editTexts, type TextPlace } from './edit-texts.ts'
import { isEscaped, partOfText, placeInText } from './place-in-text.ts'
import { referenceForm } from './reference-form.ts'

const owners: { readonly [prefix: string]: string } = {
  fig: 'a figure or table',
  tbl: 'a figure or table',
  sec: 'a section',
  eq: 'an equation',
  lst: 'a listing',
}

/** Writes the name of a target: `Figure 7`, with a no-break space; the title for a section without a number. */
export function nameOf(
  { kind, number, title = '' }: Pick<Target, 'kind' | 'number' | 'title'>,
  words: Words,
): string {
  const [first, last] = words.quotes
  if (kind === 'section' && /^[A-Z]/.test(number)) return words.named('appendix', number)
  return number === '' ? `${words.names[kind]}\u00a0${first}${title}${last}` : words.named(kind, number)
}

/** Writes what stands before the caption of a target: `Figure 3.`, or `(a)` for a part of a figure. */
export function captionLabel(target: Target, words: Words): string {
  return target.part === undefined ? `${nameOf(target, words)}.` : `(${target.part})`
}

/** The targets of a report, as references ask for them. */
export interface Targets {
  /** Gives the targets with a label: one, or none or several by mistake. */
  named(label: string): readonly Target[]
  /** Lists the labels of all targets. */
  labels(): readonly string[]
}

/** Sorts targets by their labels. */
export function indexTargets(targets: readonly Target[]): Targets {
  const byLabel = new Map<string, Target[]>()
  for (const target of targets) byLabel.set(target.label, [...(byLabel.get(target.label) ?? []), target])
  const labels = targets.map(({ label }) => label)
  return { named: (label) => byLabel.get(label) ?? [], labels: () => labels }
}

/**
 * Turns `@fig-depth` into a link `Figure 7`, or into that text within another link; `@fig-depth{page}` has the number
 * of its page on paper. Changes the trees in place.
 * Reports `reference-resolves` at a reference to no target or to several, with the nearest label.
 */
export function resolveReferences(chapters: readonly Chapter[], targets: Targets): void {
  for (const chapter of chapters)
    editTexts(chapter.tree, (node, place) => resolveText(node, place, targets, chapter))
}

function resolveText(node: Text, place: TextPlace, targets: Targets, chapter: Chapter): PhrasingContent[] {
  const words = place.lang === undefined ? wordsOfChapter(chapter.file) : wordsFor(place.lang)
  const pieces: PhrasingContent[] = []
  let at = 0
  let before: Position | undefined
  for (const match of node.value.matchAll(referenceForm)) {
    const label = match[1]!
    if (isEscaped(node, match.index, match[0], String(chapter.file))) continue
    const [target, second] = targets.named(label)
    const where = placeInText(node, match.index, match[0], String(chapter.file))
    if (!target || second) {
      const reason = target ? ambiguous(label, target, second!) : unknown(label, targets.labels())
      fail(chapter.file, 'reference-resolves', reason, where)
      continue
    }
    pieces.push(
      partOfText(node, at, match.index, before),
      nameNode(target, words, { isLinked: place.isLinked, hasPage: match[2] !== undefined }),
    )
    before = where
    at = match.index + match[0].length
  }
  if (at === 0) return [node]
  const rest = partOfText(node, at, node.value.length, before)
  return [...pieces, rest].filter((piece) => piece.type !== 'text' || piece.value !== '')
}

function nameNode(
  target: Target,
  words: Words,
  { isLinked, hasPage }: { readonly isLinked: boolean; readonly hasPage: boolean },
): PhrasingContent {
  const text: Text = { type: 'text', value: nameOf(target, words) }
  if (isLinked) return text
  const properties = { className: 'weft-reference', href: `#${target.label}` }
  return element('a', properties, hasPage ? [text, pageNode(words)] : [text]) as PhrasingContent
}

// Only paper has pages; printing fills in the number.
function pageNode({ onPage: [before, after] }: Words): PhrasingContent {
  const parts: PhrasingContent[] = [
    { type: 'text', value: before },
    element('span', { className: 'weft-page' }, []) as PhrasingContent,
    ...(after === '' ? [] : [{ type: 'text', value: after } as const]),
  ]
  return element('span', { className: 'weft-on-page' }, parts) as PhrasingContent
}

function unknown(label: string, known: readonly string[]): string {
  const labels = known.filter((one) => /^(fig|tbl|sec|eq|lst)-/.test(one))
  const owner = owners[label.split('-', 1)[0]!]!
  return `Unknown reference \`@${label}\`, expected the label of ${owner}${suggestion(label, labels)}`
}

function ambiguous(label: string, first: Target, second: Target): string {
  const where = ({ kind, file, position }: Target) => `the ${kind} at ${file}:${position.start.line}`
  return `Ambiguous reference \`@${label}\`, expected one target, found ${where(first)} and ${where(second)}`
}

/**
 * Reports `label-is-unique` at each section, equation or listing whose label is used elsewhere: on the page a label
 * is an id. The same holds for ids that the page itself uses: `cell-` with a cell's label for its code, and those
 * that begin with `weft-`. Cells that share a label are reported when they are parsed.
 */
export function reportDuplicateIds(
  chapters: readonly Chapter[],
  cells: readonly Cell[],
  targets: readonly Target[],
): void {
  const places = new Map<string, Positioned>()
  for (const cell of cells) {
    places.set(cell.label, cell)
    places.set(`cell-${cell.label}`, cell)
    if (isOfPage(cell.label)) reportOfPage(cell, 'cell')
  }
  for (const target of targets) {
    if (isOfPage(target.label)) reportOfPage(target, target.kind)
    const first = places.get(target.label)
    if (first === undefined) places.set(target.label, target)
    else if (first.position !== target.position) report(target, first)
  }

  function fileOf({ file }: Positioned): VFile {
    return chapters.find((one) => one.file.path === file)!.file
  }

  function reportOfPage({ label, ...place }: Positioned & { readonly label: string }, kind: string): void {
    const reason = `Unexpected ${kind} \`#${label}\`, expected a label of its own: those that begin with \`weft-\` are the page's`
    fail(fileOf(place), 'label-is-unique', reason, place.position)
  }

  function report({ label, kind, file, position }: Target, first: Positioned): void {
    const reason = `Unexpected ${kind} \`#${label}\`, expected a label of its own: that of ${first.file}:${first.position.start.line} is the same`
    fail(fileOf({ file, position }), 'label-is-unique', reason, position)
  }
}

type Positioned = Pick<Target, 'file' | 'position'>

function isOfPage(label: string): boolean {
  return label.startsWith('weft-')
}
