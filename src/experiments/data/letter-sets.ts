import type { LetterSet } from './letters.ts'
import { notmnistH5 } from './notmnist-h5.ts'
import { notmnistSmall } from './notmnist-small.ts'
import { standInLetterSet } from './stand-in-letter-set.ts'

/** What the param `letters` of an experiment on letters may say. */
export const letterNames = ['notmnist-small', 'notmnist-h5', 'stand-in-letters'] as const

/** Gives the set of letters of a name: never one for another; an unknown name is an error that lists the known ones. */
export function letters(name: string): LetterSet {
  const sets = [notmnistSmall, notmnistH5, standInLetterSet]
  const found = sets.find((set) => set.name === name)
  if (found) return found
  throw new Error(
    `Unexpected set of letters \`${name}\`, expected ${letterNames.map((known) => `\`${known}\``).join(' or ')}`,
  )
}
