import type { RootContent } from 'mdast'
import type { Cell, Output } from '../model/types.ts'
import { parseFragment } from '../syntax/parse-fragment.ts'
import { type ProseBlock, proseBlocks } from './prose-blocks.ts'

/** Text that belongs to a cell, a listing or a register, and what it is to them. */
export interface OwnedText {
  /** For messages: `the caption`, `the alt text`. */
  readonly what: string
  readonly blocks: readonly ProseBlock[]
}

/** Gives the texts of what a cell shows: captions, alternative texts, headings and words of tables, prose. */
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

/** Gives Markdown outside the chapters as text. */
export function markdownText(what: string, markdown: string, position: Cell['position']): OwnedText {
  // Most have no number at all.
  const nodes: RootContent[] = /\d/.test(markdown) ? parseFragment(markdown, position) : []
  return { what, blocks: proseBlocks(nodes, markdown) }
}

function plainText(what: string, text: string): OwnedText {
  return {
    what,
    blocks: [{ kind: what === 'the alt text' ? 'alt' : 'prose', text, placeOf: () => undefined }],
  }
}
