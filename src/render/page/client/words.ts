import { enClient } from '../../model/words/en-client.ts'
import type { ClientWords } from '../../model/words/types.ts'

/** The words of the programs of the page, in its language. */
export const words: ClientWords = { ...enClient, ...readWords() }

// The programs are tested without a page too.
function readWords(): Partial<ClientWords> {
  if (typeof document === 'undefined') return {}
  const script = document.querySelector('script.weft-words')
  return script ? (JSON.parse(script.textContent ?? '{}') as ClientWords) : {}
}
