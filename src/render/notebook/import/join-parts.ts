import { stringify } from 'yaml'

/** A part of a chapter. */
export interface TextPart {
  readonly text: string
  /** The chapter that it was taken from as it is, with the lines round it. */
  readonly chapter?: string
}

/** Joins the parts of a chapter, with front matter unless it has one: parts of one chapter without a change. */
export function joinParts(parts: readonly TextPart[], title: string | undefined): string {
  let text = ''
  let last: string | undefined
  for (const { text: part, chapter } of [...frontMatter(title, parts), ...parts]) {
    const follows = chapter !== undefined && chapter === last
    const before = follows || text === '' ? text : `${text.trimEnd()}\n\n`
    text = before + (chapter === undefined ? part.trim() : part)
    last = chapter
  }
  return last === undefined ? `${text.trimEnd()}\n` : text
}

// A raw cell at the start may be one already, and a chapter that comes back needs none.
function frontMatter(title: string | undefined, [first]: readonly TextPart[]): TextPart[] {
  if (first === undefined || first.chapter !== undefined || /^---\n/.test(first.text)) return []
  const [, heading] = /^# +(.+?)(?: *\{[^}]*\})? *$/m.exec(first.text) ?? []
  const words = title ?? heading?.replace(/[*_`]/g, '')
  return words === undefined ? [] : [{ text: `---\n${stringify({ title: words })}---` }]
}
