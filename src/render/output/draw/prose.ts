import type { RootContent } from 'mdast'
import type { Prose } from '../../model/types.ts'
import type { OutputContext } from './context.ts'

/** Reads prose as if it stood in the chapter. */
export function proseToMdast({ markdown }: Prose, { parseMarkdown }: OutputContext): RootContent[] {
  return parseMarkdown(markdown)
}
