/** Gives the language of the report, which formatters ask for too. */
export function ownLanguage(): string {
  return (globalThis as { __weft?: { lang?: string } }).__weft?.lang ?? 'en'
}
