import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const { resolve } = createRequire(import.meta.url)

/** The words of citations, by language; others are written in English. `make-lib.mjs` copies these files. */
const locales = {
  ...{ ar: 'ar', de: 'de-DE', es: 'es-ES', fr: 'fr-FR', it: 'it-IT', ja: 'ja-JP', nl: 'nl-NL' },
  ...{ pl: 'pl-PL', pt: 'pt-BR', zh: 'zh-CN', 'de-at': 'de-AT', 'de-ch': 'de-CH', 'fr-ca': 'fr-CA' },
  ...{ 'pt-pt': 'pt-PT', 'zh-tw': 'zh-TW', 'zh-hant': 'zh-TW', 'en-gb': 'en-GB' },
} as const

/** Gives the name of the CSL locale of a language, a BCP 47 tag: `de-DE` for `de`; `en-US` where there is none. */
export function cslLocale(lang: string): string {
  const tag = lang.toLowerCase()
  const all: { readonly [tag: string]: string } = locales
  return all[tag] ?? all[tag.split('-')[0]!] ?? 'en-US'
}

/** Reads a CSL locale, XML. Throws if there is none of that name. */
export function readLocale(name: string): string {
  const file = `locales-${name}.xml`
  // In lib beside this module, else in the package.
  const beside = fileURLToPath(new URL(`locales/${file}`, import.meta.url))
  return readFileSync(existsSync(beside) ? beside : resolve(`citeproc-locales/locales/${file}`), 'utf8')
}
