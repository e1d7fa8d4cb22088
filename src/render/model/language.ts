import type { Node } from 'unist'
import type { VFile } from 'vfile'
import { type Words, wordsFor } from './words.ts'

declare module 'vfile' {
  interface DataMap {
    /** BCP 47 tag of the language that the file is written in. */
    lang: string
  }
}

/** Gives the language of a chapter, a BCP 47 tag. */
export function languageOf({ data }: VFile): string {
  return data.lang ?? 'en'
}

/** Gives the page's own words in the language of a chapter. */
export function wordsOfChapter(file: VFile): Words {
  return wordsFor(languageOf(file))
}

/** Gives the language of a node that its author said it has. */
export function ownLanguage(node: Node): string | undefined {
  const { lang } = (node.data as { hProperties?: { lang?: unknown } } | undefined)?.hProperties ?? {}
  return typeof lang === 'string' ? lang : undefined
}
