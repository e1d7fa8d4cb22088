import type { PhrasingContent, Text } from 'mdast'
import type { Node } from 'unist'
import { element, textBelow } from '../model/element.ts'
import { fail, warn } from '../model/messages.ts'
import { suggestion } from '../model/nearest.ts'
import type { Chapter, Position } from '../model/types.ts'
import { editTexts } from './edit-texts.ts'
import { isEscaped, partOfText, placeInText } from './place-in-text.ts'
import { meantLabel } from './reference-slips.ts'

/** One work that a citation names. */
export interface CitedWork {
  readonly key: string
  /** `see` in `[see @a]`. */
  readonly prefix?: string
  /** CSL's name of the kind of place in the work, `page` or another. */
  readonly label?: string
  /** The place in the work: `3--5`. */
  readonly locator?: string
  readonly suffix?: string
  /** Whether the author is left out, as in `[-@a]`. */
  readonly isAuthorHidden: boolean
}

/** One citation of a report. */
export interface Citation {
  /** As written. */
  readonly words: string
  readonly works: readonly CitedWork[]
  /** Whether it is part of the sentence, and names the authors outside the brackets: `@a`. */
  readonly isNarrative: boolean
  /** Whether it is already inside a link. */
  readonly isLinked: boolean
  /** An empty element in the chapter's tree, to be filled. */
  readonly node: PhrasingContent
}

const key = String.raw`\{[^{}\s]+\}|[\p{L}\p{N}_]+(?:[:.#$%&+?<>~/-][\p{L}\p{N}_]+)*`
const bracket = String.raw`\[[^[\]]*@[^[\]]*\]`
const narrative = String.raw`(?<![\w@/.])-?@(?:${key})(?:\s+\[[^[\]@]*\])?`
const either = new RegExp(`${bracket}|${narrative}`, 'gu')
const part = new RegExp(String.raw`^([^@]*?)(?<![\w.])(-?)@(${key})(\s*,[\s\S]*)?$`, 'u')
const target = /^(fig|tbl|sec|eq|lst)-/

/** All citations of a report. */
interface Citations {
  /** Citations whose keys are all known, in document order. */
  readonly citations: readonly Citation[]
  /** Every key that is named, even next to an unknown one. */
  readonly named: ReadonlySet<string>
}

/**
 * Finds the citations of a report, `[@a]`, `[-@a; @b, p. 3]`, `@a` and `@a [p. 3]`, and replaces each with an empty
 * element; changes the trees in place. Reports `citation-resolves` at a key that the bibliography lacks. Without a
 * bibliography it warns about citations in brackets, and all citations stay as written.
 */
export function findCitations(
  chapters: readonly Chapter[],
  known: ReadonlySet<string> | undefined,
): Citations {
  const found: Citation[] = []
  const named = new Set<string>()
  for (const chapter of chapters) {
    editTexts(chapter.tree, (node, { isLinked, siblings }) => {
      const { file } = chapter
      return replaceAll(node, { node, siblings, isLinked, chapter: String(file), known, found, named, file })
    })
  }
  return { citations: found, named }
}

interface Context {
  readonly node: Text
  readonly siblings: readonly Node[]
  readonly isLinked: boolean
  readonly chapter: string
  readonly file: Chapter['file']
  readonly known: ReadonlySet<string> | undefined
  readonly found: Citation[]
  readonly named: Set<string>
}

function replaceAll(node: Text, context: Context): PhrasingContent[] {
  const pieces: PhrasingContent[] = []
  let at = 0
  let before: Position | undefined
  for (let match = nextMatch(node.value, 0); match; match = nextMatch(node.value, match.end)) {
    const piece = replacement(match, context)
    if (!piece) continue
    pieces.push(partOfText(node, at, match.index, before), piece)
    before = placeInText(node, match.index, match.words, context.chapter)
    at = match.end
  }
  if (at === 0) return [node]
  pieces.push(partOfText(node, at, node.value.length, before))
  return pieces.filter((piece) => piece.type !== 'text' || piece.value !== '')
}

interface Match {
  readonly words: string
  readonly index: number
  readonly end: number
  readonly works: readonly CitedWork[]
}

function nextMatch(text: string, from: number): Match | undefined {
  either.lastIndex = from
  for (let match = either.exec(text); match; match = either.exec(text)) {
    const [words] = match
    const works = worksOf(words)
    if (works) return { words, index: match.index, end: match.index + words.length, works }
    // Brackets that are not a citation may contain a narrative citation.
    either.lastIndex = match.index + 1
  }
  return undefined
}

function worksOf(words: string): CitedWork[] | undefined {
  const narrative = words.startsWith('[') ? undefined : /^([^[]*?)(?:\s+\[([\s\S]*)\])?$/.exec(words)
  const parts = narrative ? [narrative[1]!] : words.slice(1, -1).split(';')
  const works = parts.map((one): CitedWork | undefined => {
    const match = part.exec(one.trim())
    if (!match) return undefined
    const [, before, minus, name, after = ''] = match as unknown as [string, string, string, string, string?]
    const prefix = plain(before)
    const place = placeOf(plain(narrative?.[2] ?? after.replace(/^\s*,/, '')))
    return {
      key: name.replace(/^\{|\}$/g, ''),
      isAuthorHidden: minus === '-',
      ...(prefix === '' ? {} : { prefix }),
      ...place,
    }
  })
  const whole = works.filter((work) => work !== undefined)
  return whole.length === works.length && !whole.some((work) => target.test(work.key)) ? whole : undefined
}

function plain(text: string): string {
  return text.replace(/[{}]/g, '').replace(/\s+/g, ' ').trim()
}

// What Citation Style Language calls a kind of place, and how people write it.
const labels: { readonly [label: string]: string } = {
  book: 'books?|bks?|livres?|Buch|Bücher',
  chapter: 'chapters?|chaps?|chapitres?|Kapitel|Kap',
  column: 'columns?|cols?|Spalten?|Sp',
  figure: 'figures?|figs?|Abbildung(?:en)?|Abb',
  folio: 'folios?|fols?|Blatt|Blätter',
  issue: 'issues?|numbers?|nos?|numéros?|Nummern?|Nr',
  line: 'lines?|ll?|lignes?|Zeilen?|Z',
  note: 'notes?|nn?|Noten?',
  opus: 'opus|opera|opp?',
  page: 'pages?|pp?|Seiten?|S',
  paragraph: 'paragraphs?|paras?|¶¶?|Absatz|Absätze|Abs',
  part: 'parts?|pts?|parties?|Teile?',
  section: 'sections?|secs?|sect|§§?|Abschnitte?|Abschn',
  'sub verbo': 's\\.\\s?vv?',
  verse: 'verses?|vv?|versets?',
  volume: 'volumes?|vols?|Band|Bände|Bde?',
}
const labelled = Object.entries(labels).map(
  ([label, words]) => [label, new RegExp(`^(?:${words})(?![\\p{L}])\\.?\\s*`, 'iu')] as const,
)
// Numbers, roman ones only after a label, and ranges of them.
const numbers = /^(?:\d[\d, –-]*\d|\d)/
const places = /^(?:(?:[\d, –-]*\d)|(?:[ivxlcdm, –-]*[ivxlcdm](?!\p{L})))/iu

// A place in the work, `p. 3`, and what stands after it; else all is text.
function placeOf(text: string): Pick<CitedWork, 'label' | 'locator' | 'suffix'> {
  const written = text.replace(/(\d)--+(\d)/g, '$1-$2')
  const [label, named] = labelled.find(([, pattern]) => pattern.test(written)) ?? ['page', /^/]
  const rest = written.replace(named, '')
  const locator = (rest === written ? numbers : places).exec(rest)?.[0]
  if (locator === undefined) return text === '' ? {} : { suffix: `, ${text}` }
  const suffix = rest.slice(locator.length).trim()
  return { label, locator, ...(suffix === '' ? {} : { suffix }) }
}

function replacement(match: Match, context: Context): PhrasingContent | undefined {
  const { node, known, chapter, file, found, isLinked } = context
  const { words, index, works } = match
  if (isEscaped(node, index, words, chapter)) return undefined
  if (!known) {
    if (words.startsWith('[')) {
      const reason = `Cannot cite \`${works[0]!.key}\`, expected a \`bibliography\` in the front matter, found none`
      warn(file, 'citation-resolves', reason, placeInText(node, index, words, chapter))
    }
    return undefined
  }
  const missing = works.filter(({ key: name }) => !known.has(name))
  // A mistyped reference is reported as one.
  if (missing.some(({ key: name }) => meantLabel(name, []) !== undefined)) return undefined
  // Outside brackets, `@scope/name` is a package name, not a mistyped key.
  if (!words.startsWith('[') && missing.some(({ key: name }) => name.includes('/'))) return undefined
  if (isSplit(match, context)) {
    const reason = `Cannot read the brackets around \`@${works[0]!.key}\` as a citation, expected plain text in them, found markup or a reference`
    warn(file, 'citation-resolves', reason, placeInText(node, index, words, chapter))
  }
  for (const { key: name } of works) context.named.add(name)
  for (const { key: name } of missing) report(name, match, context)
  if (missing.length > 0)
    return element('span', { className: ['weft-missing'] }, [
      { type: 'text', value: words },
    ]) as PhrasingContent
  const span = element('span', { className: ['weft-citation'] }, []) as PhrasingContent
  const isNarrative = !/^[[-]/.test(words)
  found.push({ words, works, isNarrative, isLinked, node: span })
  return span
}

// Markup inside the brackets splits a citation into several texts, and its first key would look like a citation
// without brackets.
function isSplit({ words, index, end }: Match, { node, siblings, chapter }: Context): boolean {
  if (words.startsWith('[')) return false
  const at = siblings.indexOf(node)
  const before = [...siblings.slice(0, at), { ...node, value: node.value.slice(0, index) }]
  const after = [{ type: 'text', value: node.value.slice(end) }, ...siblings.slice(at + 1)]
  const opened = /\[([^[\]@]*)$/.exec(before.map((one) => withoutEscapes(one, chapter)).join(''))?.[1]
  const closed = /^([^[\]]*)\]/.exec(after.map(textBelow).join(''))?.[1]
  if (opened === undefined || closed === undefined) return false
  return worksOf(`[${opened}${words}${closed}]`) !== undefined
}

// The text below a node, without escaped brackets: they neither open nor close anything.
function withoutEscapes(node: Node, chapter: string): string {
  if (node.type !== 'text') return textBelow(node)
  const { value } = node as Text
  return value.replace(/[[\]]/g, (bracket, index: number) =>
    isEscaped(node as Text, index, bracket, chapter) ? ' ' : bracket,
  )
}

function report(name: string, { words, index }: Match, { node, known, chapter, file }: Context): void {
  const at = Math.max(words.indexOf(`@${name}`), words.indexOf(`@{${name}}`))
  const written = words.slice(at).startsWith('@{') ? `@{${name}}` : `@${name}`
  const reason = `Unknown citation \`@${name}\`, expected the key of an entry of the bibliography${suggestion(name, [...(known ?? [])])}`
  fail(file, 'citation-resolves', reason, placeInText(node, index + at, written, chapter))
}
