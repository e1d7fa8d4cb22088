import type { PhrasingContent, Text } from 'mdast'
import type { Node } from 'unist'
import { element, textBelow } from '../model/element.ts'
import { fail, warn } from '../model/messages.ts'
import { suggestion } from '../model/nearest.ts'
import type { Chapter, Position } from '../model/types.ts'
import { editTexts } from './edit-texts.ts'
import { isEscaped, partOfText, placeInText } from './place-in-text.ts'

/** One citation of a report. */
export interface Citation {
  /** In Pandoc's syntax, each key in braces: `[@{adam2015}, p. 3]`. */
  readonly source: string
  readonly keys: readonly string[]
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
/** Marks text after a key that is not a place in a work. */
export const wordJoiner = '\u2060'
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
export function findCitations(chapters: readonly Chapter[], known: readonly string[] | undefined): Citations {
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
  readonly known: readonly string[] | undefined
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
  readonly items: readonly Item[]
}

interface Item {
  readonly prefix: string
  readonly key: string
  readonly suffix: string
}

function nextMatch(text: string, from: number): Match | undefined {
  either.lastIndex = from
  for (let match = either.exec(text); match; match = either.exec(text)) {
    const [words] = match
    const items = itemsOf(words)
    if (items) return { words, index: match.index, end: match.index + words.length, items }
    // Brackets that are not a citation may contain a narrative citation.
    either.lastIndex = match.index + 1
  }
  return undefined
}

function itemsOf(words: string): Item[] | undefined {
  const parts = words.startsWith('[') ? words.slice(1, -1).split(';') : [words.replace(/\s+\[[\s\S]*$/, '')]
  const items = parts.map((one) => {
    const match = part.exec(one.trim())
    if (!match) return undefined
    const [, prefix, minus, name, suffix = ''] = match as unknown as [string, string, string, string, string?]
    return { prefix: `${prefix}${minus}`, key: name.replace(/^\{|\}$/g, ''), suffix: suffixOf(suffix) }
  })
  const whole = items.filter((item) => item !== undefined)
  return whole.length === items.length && !whole.some((item) => target.test(item.key)) ? whole : undefined
}

// The library drops text after a key that is not a place in the work, unless it begins like a place. So we write `p.`
// and `wordJoiner` before it, and remove them from the output.
function suffixOf(suffix: string): string {
  const text = suffix
    .replace(/[{}]/g, '')
    .replace(/(\d)--+(\d)/g, '$1-$2')
    .trim()
  const isPlace = /^,\s*(?:[\p{L}§¶]+\.?\s*)?\d|^,\s*pp?\.?\s*[ivxlcdm]+\b/iu.test(text)
  return isPlace || text === '' ? text : `, p. ${wordJoiner}${text}`
}

function replacement(match: Match, context: Context): PhrasingContent | undefined {
  const { node, known, chapter, file, found, isLinked } = context
  const { words, index, items } = match
  if (isEscaped(node, index, words, chapter)) return undefined
  if (!known) {
    if (words.startsWith('[')) {
      const reason = `Cannot cite \`${items[0]!.key}\`, expected a \`bibliography\` in the front matter, found none`
      warn(file, 'citation-resolves', reason, placeInText(node, index, words, chapter))
    }
    return undefined
  }
  const missing = items.filter((item) => !known.includes(item.key))
  // Outside brackets, `@scope/name` is a package name, not a mistyped key.
  if (!words.startsWith('[') && missing.some((item) => item.key.includes('/'))) return undefined
  if (isSplit(match, context)) {
    const reason = `Cannot read the brackets around \`@${items[0]!.key}\` as a citation, expected plain text in them, found markup or a reference`
    warn(file, 'citation-resolves', reason, placeInText(node, index, words, chapter))
  }
  for (const item of items) context.named.add(item.key)
  for (const { key: name } of missing) report(name, match, context)
  if (missing.length > 0)
    return element('span', { className: ['weft-missing'] }, [
      { type: 'text', value: words },
    ]) as PhrasingContent
  const span = element('span', { className: ['weft-citation'] }, []) as PhrasingContent
  found.push({ source: sourceOf(words, items), keys: items.map((item) => item.key), isLinked, node: span })
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
  return itemsOf(`[${opened}${words}${closed}]`) !== undefined
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
  const reason = `Unknown citation \`@${name}\`, expected the key of an entry of the bibliography${suggestion(name, known ?? [])}`
  fail(file, 'citation-resolves', reason, placeInText(node, index + at, written, chapter))
}

function sourceOf(words: string, items: readonly Item[]): string {
  const texts = items.map(({ prefix, key: name, suffix }) => `${prefix}@{${name}}${suffix}`)
  if (words.startsWith('[')) return `[${texts.join('; ')}]`.replace(/\s+/g, ' ')
  const locator = /\s+\[([^[\]]*)\]$/.exec(words)?.[1]?.replace(/(\d)--+(\d)/g, '$1-$2')
  // The library names the authors anyway, unless the citation is in brackets.
  if (words.startsWith('-')) return `[${texts[0]}${locator === undefined ? '' : `, ${locator}`}]`
  return locator === undefined ? texts[0]! : `${texts[0]} [${locator}]`
}
