import { createHash } from 'node:crypto'
import type { LetterSplit } from './letters.ts'

/**
 * Gives the key of a font's family from the name of its file: the first four letters of its first word, lower case,
 * after marks of foundries, digits and punctuation are gone. `Bembo Bold.ttf`, `BemboMTStd-Italic.otf` and
 * `ITC Bembo.pfb` are all `bemb`. It joins fonts that have nothing in common (`Bell`, `Bellamy`) rather than part
 * those that do: revivals and clones are mostly spelt alike up to the fourth letter (`Cheltenham`, `Cheltenhm`).
 * Words are added until there are three letters (`CK Pink` is `ckpi`); a name without so many is its own family, up
 * to its first break (`04b_08.ttf` is `04b`).
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

/** Shares of the splits, as parts of [0, 1); what is left is for the test. */
interface SplitShares {
  readonly train: number
  readonly validation: number
}

/**
 * Gives the split of a family: SHA-256 of its key, its first 32 bits as a number in [0, 1), cut by the shares. The
 * split of one family thus depends on no other, nor on what else a data set holds.
 */
export function splitOfFamily(
  family: string,
  { train, validation }: SplitShares = { train: 0.7, validation: 0.15 },
): LetterSplit {
  const position = createHash('sha256').update(family).digest().readUInt32BE() / 2 ** 32
  if (position < train) return 'train'
  return position < train + validation ? 'validation' : 'test'
}

/** `DTLHaarlemmerSD` is `DTL Haarlemmer SD`, `18thCentury` is `th Century`. */
function words(stem: string): string[] {
  return stem
    .split(/[^\p{L}]+|(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u)
    .filter((word) => word !== '')
}

/**
 * What stands before the name of a typeface in some of its files and not in others: foundries, and the A of Adobe
 * (`AGaramond`), the Cg of Compugraphic (`CgFuturaMaxi`).
 */
const foundries = new Set(
  'a adobe ag agfa apple at bauer berthold bitstream cg de dtl ef itc linotype monotype neue new the'.split(
    ' ',
  ),
)

/** A name of nothing else keeps its words. */
function withoutFoundry(list: readonly string[]): readonly string[] {
  const first = list.findIndex((word) => !foundries.has(word.toLowerCase()))
  return first === -1 ? list : list.slice(first)
}
