import { createHash } from 'node:crypto'
import type { LetterSplit } from './letters.ts'

/**
 * Gives the key of a font's family from the name of its file: the first four letters of its first word, in lower case,
 * without foundry marks, digits and punctuation. `Bembo Bold.ttf`, `BemboMTStd-Italic.otf` and `ITC Bembo.pfb` are all
 * `bemb`. It rather joins unrelated fonts (`Bell`, `Bellamy`) than separates related ones: revivals and clones mostly
 * share their first four letters (`Cheltenham`, `Cheltenhm`). Words are added until there are three letters (`CK Pink`
 * is `ckpi`); a name with fewer letters is its own family, up to its first break (`04b_08.ttf` is `04b`).
 */
export function fontFamily(file: string): string {
  const stem = file
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/\.[a-z]{3,5}$/i, '')
  let letters = ''
  for (const word of withoutFoundry(words(stem))) {
    letters += word.toLowerCase()
    if (letters.length >= 3) return letters.slice(0, 4)
  }
  return /[\p{L}\d]+/u.exec(stem)?.[0].toLowerCase() ?? file
}

/** Shares of the splits, as parts of [0, 1); the rest is for testing. */
interface SplitShares {
  readonly train: number
  readonly validation: number
}

/**
 * Gives the split of a family: the first 32 bits of the SHA-256 of its key, as a number in [0, 1), divided by the
 * shares. So the split of a family does not depend on other families or on the rest of a data set.
 */
export function splitOfFamily(
  family: string,
  { train, validation }: SplitShares = { train: 0.7, validation: 0.15 },
): LetterSplit {
  const position = createHash('sha256').update(family).digest().readUInt32BE() / 2 ** 32
  if (position < train) return 'train'
  return position < train + validation ? 'validation' : 'test'
}

/** Splits a name into words: `DTLHaarlemmerSD` is `DTL Haarlemmer SD`, `18thCentury` is `th Century`. */
function words(stem: string): string[] {
  return stem
    .split(/[^\p{L}]+|(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u)
    .filter((word) => word !== '')
}

/**
 * Words that precede the name of a typeface in some of its files but not in others: foundries, the A of Adobe
 * (`AGaramond`) and the Cg of Compugraphic (`CgFuturaMaxi`).
 */
const foundries = new Set(
  'a adobe ag agfa apple at bauer berthold bitstream cg de dtl ef itc linotype monotype neue new the'.split(
    ' ',
  ),
)

/** Removes leading foundry words. A name with no other words keeps them. */
function withoutFoundry(list: readonly string[]): readonly string[] {
  const first = list.findIndex((word) => !foundries.has(word.toLowerCase()))
  return first === -1 ? list : list.slice(first)
}
