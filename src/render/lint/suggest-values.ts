import type { Literal } from './find-literals.ts'
import type { KnownNumber } from './known-numbers.ts'
import { printAs } from './print-as.ts'

/** Where a literal stands. */
interface LiteralPlace {
  readonly file: string
  readonly line: number
  /** The words around it. */
  readonly sentence: string
}

/**
 * Names the expressions that an author probably means by a literal, at most two that are equally likely, the better
 * first: those of what would be printed so, whose names occur in the sentence, and whose cell is near.
 */
export function suggestValues(
  literal: Literal,
  known: readonly KnownNumber[],
  { file, line, sentence }: LiteralPlace,
): string[] {
  const words = new Set(singularWords(sentence))
  const candidates = known.flatMap((number) => {
    const source = printAs(number, literal)
    return source === undefined ? [] : [{ source, ...rankOf(number) }]
  })
  // Many numbers are 3: without a word in common none of them is meant.
  const likely = isTelling(literal) ? candidates : candidates.filter(({ shared }) => shared > 0)
  const ranked = likely.sort(
    (a, b) =>
      b.shared - a.shared || a.rest - b.rest || a.distance - b.distance || (a.source < b.source ? -1 : 1),
  )
  const [best] = ranked
  return [
    ...new Set(
      ranked
        .filter((one) => one.shared === best!.shared && one.rest === best!.rest)
        .map(({ source }) => source),
    ),
  ].slice(0, 2)

  function rankOf({ path, owner, isLength }: KnownNumber) {
    const named = [...new Set(singularWords(path))].filter((word) => !general.includes(word))
    const shared = named.filter((word) => words.has(word)).length
    return {
      // `3 seeds` is how many there are, not the third of them.
      shared: shared + (isLength && shared > 0 ? (literal.kind === 'count' ? 0.5 : -0.5) : 0),
      rest: named.length - shared,
      distance: owner === undefined ? 1e6 : owner.file === file ? Math.abs(owner.line - line) : 1e7,
    }
  }
}

const general = ['length', 'param', 'mean', 'min', 'max', 'result', 'score']

function isTelling({ number }: Literal): boolean {
  return number.replace(/^-?0?\.?0*|[^\d]/g, '').length > 2
}

// `letterSeeds` -> letter, seed.
function singularWords(text: string): string[] {
  return text
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => /\p{L}{2}/u.test(word))
    .map((word) => word.replace(/s$/, ''))
}
