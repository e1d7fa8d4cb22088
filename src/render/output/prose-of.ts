import { found } from '../model/found.ts'
import type { Prose } from '../model/types.ts'

/** Makes an output of Markdown, which is read as if it stood in the chapter. */
export function markdown(text: string): Prose {
  if (typeof text !== 'string') throw new Error(`Cannot make prose, expected Markdown, found ${found(text)}`)
  return { kind: 'prose', markdown: text }
}
