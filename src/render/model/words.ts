import { ar } from './words/ar.ts'
import { de } from './words/de.ts'
import { en } from './words/en.ts'
import { es } from './words/es.ts'
import { fr } from './words/fr.ts'
import { it } from './words/it.ts'
import { ja } from './words/ja.ts'
import { nl } from './words/nl.ts'
import { pl } from './words/pl.ts'
import { pt } from './words/pt.ts'
import type { Words } from './words/types.ts'
import { zh } from './words/zh.ts'

export type { Named, Words } from './words/types.ts'

const all: readonly Words[] = [en, de, fr, es, it, pt, nl, pl, ja, zh, ar]

/** The languages that the page has words in. */
export const languages: readonly string[] = all.map(({ lang }) => lang)

/**
 * Gives the words that a page says by itself, in a language: a BCP 47 tag such as `de` or `de-AT`. English ones for a
 * language that has none.
 */
export function wordsFor(lang: string): Words {
  const language = lang.toLowerCase().split('-')[0]
  return all.find((words) => words.lang === language) ?? en
}

/** Says whether a page has words in a language. */
export function hasWords(lang: string): boolean {
  return wordsFor(lang).lang === lang.toLowerCase().split('-')[0]
}
