import { fenced } from './fenced.ts'
import type { ReadCell } from './read-notebook.ts'

const carried: { readonly [format: string]: 'prose' | undefined } = {
  'text/markdown': 'prose',
  'text/html': 'prose',
  html: 'prose',
  markdown: 'prose',
}

/** Gives the text of a raw cell: front matter, Markdown and HTML as they are, anything else as text to read. */
export function rawText({ source, metadata, number }: ReadCell): { text: string; notes: string[] } {
  const format = String(metadata.format ?? metadata.raw_mimetype ?? '')
  const text = source.trim()
  if (text === '') return { text, notes: [] }
  // Quarto reads front matter there.
  if (number === 1 && /^---\n[\s\S]*\n---$/.test(text)) return { text, notes: [] }
  if (carried[format]) return { text, notes: [] }
  const kind = format === '' ? 'A raw cell' : `A raw cell of \`${format}\``
  const note = `${kind} is shown as text: write Markdown instead`
  return { text: fenced(text, 'text'), notes: [note] }
}
