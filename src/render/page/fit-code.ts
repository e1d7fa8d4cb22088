import type { Element, Root } from 'hast'
import type { Options } from 'prettier'
import { sha256 } from '../model/digest.ts'
import type { BlockCache } from './block-cache.ts'
import { classesOf, elementsIn, textContent, unescapeHtml } from './hast.ts'
import { highlightedCode, languageOf } from './highlight.ts'
import { type PaperFront, paperOf } from './paper.ts'

/** Part of the key: another version of the formatter, or of its settings here, writes otherwise. */
export const version = 'prettier 3.10.1 weft 2'
const parsers = { ts: 'typescript', js: 'babel', json: 'json' } as const
type Language = keyof typeof parsers

const ptPerMm = 72 / 25.4
/** Of the code's type in that of the text, with a character's share of it, as in text.css. */
const characterEm = 0.86 * 0.92 * 0.6
const paddingEm = 1.6

/** Gives how many characters of code a printed line has room for. */
export function codeColumns(front: PaperFront): number {
  const { column } = paperOf(front)
  const { fontPt = 10.5 } = front
  return Math.max(30, Math.floor((column * ptPerMm - paddingEm * fontPt) / (characterEm * fontPt)))
}

interface FitOptions {
  readonly front: PaperFront
  readonly cache: BlockCache
}

/**
 * Formats the code of a print whose lines are too long for the paper, as its author would have on a narrower screen; a
 * screen shows it as it is written. What the formatter cannot read stays, and a line that is still too long goes on
 * below, beside a rule (class `weft-long`). Changes the tree in place.
 */
export async function fitCode(body: Root, { front, cache }: FitOptions): Promise<void> {
  const columns = codeColumns(front)
  for (const pre of elementsIn(body)) {
    const [code] = pre.children
    if (pre.tagName !== 'pre' || code?.type !== 'element' || code.tagName !== 'code') continue
    const written = textOf(code)
    if (!isLong(written, columns)) continue
    const language = languageOf(code)
    const isLeft = classesOf(pre).includes('weft-with-marks') || !isFormatted(language)
    const text = isLeft ? written : await formatted(written, language, { columns, cache })
    if (text !== written && isFormatted(language))
      code.children = [{ type: 'raw', value: await highlightedCode(text, language, cache) }]
    if (isLong(text, columns))
      pre.properties = { ...pre.properties, className: [...classesOf(pre), 'weft-long'] }
  }
}

function isFormatted(language: string | undefined): language is Language {
  return language !== undefined && Object.hasOwn(parsers, language)
}

function isLong(text: string, columns: number): boolean {
  return text.split('\n').some((line) => line.length > columns)
}

function textOf(code: Element): string {
  const [only] = code.children
  const text = only?.type === 'raw' ? unescapeHtml(only.value.replace(/<[^>]*>/g, '')) : textContent(code)
  return text.trimEnd()
}

async function formatted(
  text: string,
  language: Language,
  { columns, cache }: { readonly columns: number; readonly cache: BlockCache },
): Promise<string> {
  const key = sha256(`${version} ${language} ${columns} ${text}`)
  const known = cache.get(key)
  if (known !== undefined) return known
  const found = await format(text, { ...styleOf(text), parser: parsers[language], printWidth: columns })
  cache.set(key, found)
  return found
}

// The author's own style goes on.
function styleOf(text: string): Options {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0
  return {
    semi: count(/;\s*$/gm) > 0,
    singleQuote: count(/'/g) >= count(/"/g),
    trailingComma: 'all',
  }
}

async function format(text: string, options: Options): Promise<string> {
  const [{ format }, ...plugins] = await Promise.all([
    import('prettier/standalone'),
    import('prettier/plugins/typescript'),
    import('prettier/plugins/babel'),
    import('prettier/plugins/estree'),
  ])
  try {
    const found = await format(text, { ...options, plugins: plugins as Options['plugins'] })
    return wrappedComments(found.trimEnd(), options.printWidth!)
  } catch {
    // It is code for a reader, who may leave things out.
    return text
  }
}

// The formatter leaves comments as they are.
function wrappedComments(text: string, columns: number): string {
  return text
    .split('\n')
    .flatMap((line) => {
      const [, start, words] = /^(\s*\/\/ )(\S.*)$/.exec(line) ?? []
      if (line.length <= columns || start === undefined) return [line]
      const lines = [start]
      for (const word of words!.split(' ')) {
        const last = lines.at(-1)!
        if (last !== start && last.length + word.length >= columns) lines.push(`${start}${word}`)
        else lines[lines.length - 1] = last === start ? `${start}${word}` : `${last} ${word}`
      }
      return lines
    })
    .join('\n')
}
