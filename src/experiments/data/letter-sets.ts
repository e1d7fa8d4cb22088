import type { LetterSet } from './letters.ts'
import { notmnistH5 } from './notmnist-h5.ts'
import { notmnistSmall } from './notmnist-small.ts'
import { standInLetterSet } from './stand-in-letter-set.ts'

/** The values of the param `data` of an experiment on letters. */
export const letterNames = ['notmnist-small', 'notmnist-h5', 'stand-in-letters'] as const

/** Gives the named set of letters, never another. For an unknown name it throws an error that lists the known ones. */
export function letters(name: string): LetterSet {
  const sets = [notmnistSmall, notmnistH5, standInLetterSet]
  const found = sets.find((set) => set.name === name)
  if (found) return found
  throw new Error(
    `Unexpected set of letters \`${name}\`, expected ${letterNames.map((known) => `\`${known}\``).join(' or ')}`,
  )
}
