import type { RootContent } from 'mdast'
import type { Cell, Output } from '../model/types.ts'
import { parseFragment } from '../syntax/parse-fragment.ts'
import type { Literal } from './find-literals.ts'
import { type ProseBlock, proseBlocks } from './prose-blocks.ts'

/** Text that belongs to a cell, a listing or a register, and its role. */
export interface OwnedText {
  /** For messages: `the caption`, `the alt text`. */
  readonly what: string
  readonly blocks: readonly ProseBlock[]
}

/** Gives the texts in the outputs of a cell: captions, alternative texts, headings and words of tables, prose. */
export function outputTexts(shown: readonly Output[], { position }: Cell): OwnedText[] {
  return shown.flatMap((output): OwnedText[] => {
    if (output.kind === 'scalar')
      return [plainText('the text', output.raw === output.text ? output.text : '')]
    if (output.kind === 'prose') return [markdownText('the text', output.markdown, position)]
    const caption = markdownText('the caption', output.caption ?? '', position)
    if (output.kind === 'figure') return [caption, plainText('the alt text', output.alt)]
    const words = output.rows.flatMap((row) =>
      Object.values(row).flatMap(({ text, raw }) =>
        typeof raw === 'string' ? [plainText('the table', text)] : [],
      ),
    )
    return [
      caption,
      ...output.columns.map(({ title }) => markdownText('the column title', title, position)),
      ...words,
    ]
  })
}

/** Converts Markdown outside the chapters to text. */
export function markdownText(what: string, markdown: string, position: Cell['position']): OwnedText {
  // Most texts contain no number.
  const nodes: RootContent[] = /\d/.test(markdown) ? parseFragment(markdown, position) : []
  return { what, blocks: proseBlocks(nodes, markdown) }
}

function plainText(what: string, text: string): OwnedText {
  return {
    what,
    blocks: [{ kind: what === 'the alt text' ? 'alt' : 'prose', text, placeAt: () => undefined }],
  }
}

/**
 * Gives a test for whether a literal appears in code exactly as shown: then it was typed. A text that a cell builds
 * from its results has gaps in the code.
 */
export function isTypedIn(code: string): (literal: Literal) => boolean {
  let text: string | undefined
  return (literal) => {
    // Most outputs have no number that was typed, and a bundle is long.
    text ??= plain(
      code.replace(/\\u\{?([0-9a-f]{1,6})\}?|\\x([0-9a-f]{2})/gi, (_, long, short) =>
        fromCode(long ?? short),
      ),
    )
    const words = plain(literal.text)
    // A part of a longer number, or of a version, is another one.
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1))
      if (
        !/\d[.,]?$/.test(text.slice(Math.max(0, at - 2), at)) &&
        !/^[.,]?\d/.test(text.slice(at + words.length))
      )
        return true
    return false
  }
}

function fromCode(hexadecimal: string): string {
  const code = Number.parseInt(hexadecimal, 16)
  return code <= 0x10ffff ? String.fromCodePoint(code) : ''
}

function plain(text: string): string {
  return text.replace(/\\[nt]|\s+/g, ' ')
}
