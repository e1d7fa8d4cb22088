import type { Node } from 'unist'
import type { VFile } from 'vfile'
import { type Words, wordsFor } from './words.ts'

declare module 'vfile' {
  interface DataMap {
    /** BCP 47 tag of the language that the file is written in. */
    lang: string
  }
}

/** How a BCP 47 tag of a language looks: `de`, `de-CH`, `zh-Hant-TW`. */
export const languageTag = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*$/

/** Gives the language of a chapter, a BCP 47 tag. */
export function languageOf({ data }: VFile): string {
  return data.lang ?? 'en'
}

/** Gives the direction in which a language is written. */
export function directionOf(lang: string): 'ltr' | 'rtl' {
  return rightToLeft.test(lang) ? 'rtl' : 'ltr'
}

/** Gives the attributes of an element in another language than that of the page. */
export function inLanguage(lang: string): { readonly lang: string; readonly dir: 'ltr' | 'rtl' } {
  return { lang, dir: directionOf(lang) }
}

// Azerbaijani, Kurdish and others have several scripts: the tag then names the one that counts.
const rightToLeft =
  /^(?:(?:ar|arc|ckb|dv|fa|he|iw|ks|nqo|ps|sd|syr|ug|ur|yi|ji)(?!-(?:latn|cyrl|deva))|\w+-(?:arab|hebr|syrc|thaa|nkoo))(?:-|$)/i

/** Gives the page's own words in the language of a chapter. */
export function wordsOfChapter(file: VFile): Words {
  return wordsFor(languageOf(file))
}

/** Gives what marks an output that is out of date: the rules of the page have the words in English. */
export function staleMark({ lang, output }: Words): { readonly dataWords?: string } {
  return lang === 'en' ? {} : { dataWords: output.stale }
}

/** Gives the language of a node that its author said it has. */
export function ownLanguage(node: Node): string | undefined {
  const { lang } = (node.data as { hProperties?: { lang?: unknown } } | undefined)?.hProperties ?? {}
  return typeof lang === 'string' ? lang : undefined
}
